using RnnService.Model.Architecture;

namespace RnnService.Model.Kernels.Layers;

/// <summary>Stacked recurrent layers, from the lowest, each in one direction or two: sizes and packed weights.</summary>
internal sealed class RecurrentLayers : IDisposable
{
    public RecurrentLayers(RecurrentKernel kernel, RecurrentShape shape)
    {
        Kernel = kernel;
        HiddenSize = shape.HiddenSize;
        Count = shape.Layers;
        Directions = shape.Directions;
        All = [.. Enumerable.Range(0, Count * Directions).Select(index =>
        {
            LayerShape layer = new(shape.InputSizeOf(index / Directions), HiddenSize, kernel.Cell.Blocks);
            return new RecurrentLayer(layer, index % Directions == 1, new PackedWeights(layer, kernel.PanelColumns));
        })];
    }

    public RecurrentKernel Kernel { get; }

    public int HiddenSize { get; }

    /// <summary>Number of layers, each with all its directions.</summary>
    public int Count { get; }

    public int Directions { get; }

    /// <summary>Number of pre-activations of a time step, which is the same in all layers.</summary>
    public int GateColumns => All[0].Shape.GateColumns;

    /// <summary>Each layer in each direction: the lowest forward, the lowest reverse, and so on.</summary>
    public IReadOnlyList<RecurrentLayer> All { get; }

    /// <summary>Packs new weights of a range of pre-activations of each layer, which consists of whole panels.</summary>
    /// <param name="weights">The weights of each layer in each direction.</param>
    /// <param name="firstGate">The first pre-activation.</param>
    /// <param name="count">Number of pre-activations.</param>
    public void Pack(IReadOnlyList<LayerWeights> weights, int firstGate, int count)
    {
        for (int i = 0; i < All.Count; i++)
        {
            All[i].Packed.Pack(weights[i], firstGate, count);
        }
    }

    public void Dispose()
    {
        foreach (RecurrentLayer layer in All)
        {
            layer.Packed.Dispose();
        }
    }
}
