namespace RnnService.Model.Kernels;

/// <summary>The layers of a recurrent network, from the lowest, each in one direction or two: sizes and packed weights.</summary>
internal sealed class RecurrentLayers : IDisposable
{
    public RecurrentLayers(RecurrentKernel kernel, int inputSize, int hiddenSize, int count, int directions)
    {
        Kernel = kernel;
        HiddenSize = hiddenSize;
        Count = count;
        Directions = directions;
        All = [.. Enumerable.Range(0, count * directions).Select(place =>
        {
            LayerShape shape = new(place < directions ? inputSize : directions * hiddenSize, hiddenSize, kernel.Blocks);
            return new RecurrentLayer(shape, place % directions == 1, new PackedWeights(shape, kernel.PanelColumns));
        })];
    }

    public RecurrentKernel Kernel { get; }

    public int HiddenSize { get; }

    /// <summary>How many layers there are, each with all its directions.</summary>
    public int Count { get; }

    public int Directions { get; }

    /// <summary>Each layer in each direction: the lowest forward, the lowest backward, and so on.</summary>
    public IReadOnlyList<RecurrentLayer> All { get; }

    /// <summary>Packs the weights anew.</summary>
    /// <param name="weights">Of each layer in each direction.</param>
    public void Pack(IReadOnlyList<LayerWeights> weights)
    {
        for (int i = 0; i < All.Count; i++)
        {
            RecurrentLayer layer = All[i];
            LayerWeights source = weights[i];
            CoreShares.Run(layer.Shape.GateColumns, Kernel.PanelColumns, (first, count) => layer.Packed.Pack(source, first, count));
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
