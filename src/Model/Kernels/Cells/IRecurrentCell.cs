using RnnService.Model.Architecture;
using RnnService.Model.Kernels.Products;

namespace RnnService.Model.Kernels.Cells;

/// <summary>The arithmetic of one kind of recurrent cell in one time step, given the gates' pre-activations, which a matrix product computes.</summary>
internal interface IRecurrentCell
{
    /// <summary>The cell's gates, names and ONNX operator.</summary>
    static abstract CellDescription Description { get; }

    /// <summary>Computes one time step of one image, for a range of units. A unit does not depend on the gates of other units.</summary>
    /// <typeparam name="T">The lanes.</typeparam>
    /// <param name="step">The values of the step.</param>
    /// <param name="units">Number of units.</param>
    /// <param name="firstUnit">First unit of the range, a multiple of the number of lanes.</param>
    /// <param name="count">Number of units in the range, a multiple of the number of lanes.</param>
    static abstract void Forward<T>(in CellStep step, int units, int firstUnit, int count)
        where T : struct, ILanes<T>;

    /// <summary>Computes the backward pass of one time step of one image.</summary>
    /// <typeparam name="T">The lanes.</typeparam>
    /// <param name="step">The values of the step.</param>
    /// <param name="units">Number of units, a multiple of the number of lanes.</param>
    static abstract void Backward<T>(in CellStep step, int units)
        where T : struct, ILanes<T>;
}
