namespace RnnService.Model.Kernels.Products;

/// <summary>Creates something that computes with a number of lanes.</summary>
/// <typeparam name="TResult">What is created, independent of the lanes.</typeparam>
internal interface ILaneFactory<out TResult>
{
    /// <typeparam name="T">The lanes.</typeparam>
    TResult Create<T>()
        where T : struct, ILanes<T>;
}
