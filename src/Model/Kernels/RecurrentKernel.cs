using System.Runtime.Intrinsics;
using RnnService.Model.Networks;

namespace RnnService.Model.Kernels;

/// <summary>
/// Calculates one layer in one direction, for some of a batch's images at a time: images do not depend on each other, so cores share them, and
/// the results do not depend on how.
/// </summary>
/// <param name="gateCount">How many gates PyTorch has for the cell.</param>
/// <param name="blocks">The pre-activations of a step.</param>
/// <param name="panelColumns">Columns of a panel of packed weights.</param>
internal abstract class RecurrentKernel(int gateCount, IReadOnlyList<GateBlock> blocks, int panelColumns)
{
    /// <summary>How many gates PyTorch has for the cell.</summary>
    public int GateCount { get; } = gateCount;

    /// <summary>The pre-activations of a step.</summary>
    public IReadOnlyList<GateBlock> Blocks { get; } = blocks;

    /// <summary>Columns of a panel of packed weights.</summary>
    public int PanelColumns { get; } = panelColumns;

    /// <summary>The kernel for a kind of network, with as many lanes as this processor has.</summary>
    public static RecurrentKernel For(NetworkType network) =>
        Vector512.IsHardwareAccelerated ? For<Lanes512>(network)
        : Vector256.IsHardwareAccelerated ? For<Lanes256>(network)
        : Vector128.IsHardwareAccelerated ? For<Lanes128>(network)
        : For<ScalarLane>(network);

    /// <summary>The kernel for a kind of network, with a choice of lanes.</summary>
    /// <typeparam name="T">The lanes.</typeparam>
    public static RecurrentKernel For<T>(NetworkType network)
        where T : struct, ILanes<T> => network switch
        {
            NetworkType.Lstm => new CellKernel<LstmCell, T>(),
            NetworkType.Gru => new CellKernel<GruCell, T>(),
            NetworkType.Rnn => new CellKernel<TanhCell, T>(),
            _ => throw new ArgumentOutOfRangeException(nameof(network), network, "It is not a recurrent network."),
        };

    /// <summary>The forward pass of some images, from a step on.</summary>
    public void Forward(RecurrentLayer layer, LayerMemory memory, Sequence input, LayerOutput output, int firstStep, int firstImage, int count)
    {
        for (int step = firstStep; step < memory.Steps; step++)
        {
            Begin(layer, memory, input, step, firstImage, count);
            Step(layer, memory, output, step, firstImage, count, firstUnit: 0, layer.Shape.Units);
        }
    }

    /// <summary>Gives a step of some images what goes in.</summary>
    public abstract void Begin(RecurrentLayer layer, LayerMemory memory, Sequence input, int step, int firstImage, int count);

    /// <summary>One step of some images, for some of the units: whole panels of them. All units of the step before must be done, and the step begun.</summary>
    public abstract void Step(RecurrentLayer layer, LayerMemory memory, LayerOutput output, int step, int firstImage, int count, int firstUnit, int units);

    /// <summary>The backward pass of some images, from gradients of what came out to gradients of the pre-activations, and of what went in unless that is empty.</summary>
    public abstract void Backward(RecurrentLayer layer, LayerMemory memory, LayerOutput outputGradient, Sequence inputGradient, int firstImage, int count);

    /// <summary>The gradients of some gates' weights, over all steps of all images.</summary>
    public abstract void AccumulateWeightGradients(RecurrentLayer layer, LayerMemory memory, int firstGate, int count);
}
