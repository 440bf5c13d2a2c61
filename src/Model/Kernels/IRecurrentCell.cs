namespace RnnService.Model.Kernels;

/// <summary>What one kind of recurrent network does in a step, apart from the matrix product that gives it its gates' pre-activations.</summary>
internal interface IRecurrentCell
{
    /// <summary>How many gates PyTorch has for it.</summary>
    static abstract int GateCount { get; }

    /// <summary>The pre-activations that a step needs.</summary>
    static abstract IReadOnlyList<GateBlock> Blocks { get; }

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
