namespace RnnService.Model.Kernels.Products;

/// <summary>Creates an object that computes with a given number of lanes.</summary>
/// <typeparam name="TResult">The type of the object, which does not depend on the lanes.</typeparam>
internal interface ILaneFactory<out TResult>
{
    /// <typeparam name="T">The lanes.</typeparam>
    TResult Create<T>()
        where T : struct, ILanes<T>;
}
