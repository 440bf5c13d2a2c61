using RnnService.Model.Architecture;
using RnnService.Model.Kernels.Products;

namespace RnnService.Model.Kernels.Cells;

/// <summary>The arithmetic of one kind of recurrent cell in one time step, given the gates' pre-activations, which a matrix product computes.</summary>
internal interface IRecurrentCell
{
    /// <summary>The cell's gates, names and ONNX operator.</summary>
    static abstract CellDescription Description { get; }

    /// <summary>One step of one image, for some of the units: a unit needs the gates of no other.</summary>
    /// <typeparam name="T">The lanes.</typeparam>
    /// <param name="step">Where its parts stand.</param>
    /// <param name="units">How many units there are.</param>
    /// <param name="firstUnit">The first of those that are wanted, a multiple of the lanes.</param>
    /// <param name="count">How many are wanted, a multiple of the lanes.</param>
    static abstract void Forward<T>(in CellStep step, int units, int firstUnit, int count)
        where T : struct, ILanes<T>;

    /// <summary>One step of one image's backward pass.</summary>
    /// <typeparam name="T">The lanes.</typeparam>
    /// <param name="step">Where its parts stand.</param>
    /// <param name="units">How many units there are, a multiple of the lanes.</param>
    static abstract void Backward<T>(in CellStep step, int units)
        where T : struct, ILanes<T>;
}
