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

    /// <summary>The forward pass of some images.</summary>
    public abstract void Forward(RecurrentLayer layer, LayerMemory memory, Sequence input, LayerOutput output, int firstImage, int count);

    /// <summary>The backward pass of some images, from gradients of what came out to gradients of the pre-activations, and of what went in unless that is empty.</summary>
    public abstract void Backward(RecurrentLayer layer, LayerMemory memory, LayerOutput outputGradient, Sequence inputGradient, int firstImage, int count);

    /// <summary>The gradients of some gates' weights, over all steps of all images.</summary>
    public abstract void AccumulateWeightGradients(RecurrentLayer layer, LayerMemory memory, int firstGate, int count);
}
