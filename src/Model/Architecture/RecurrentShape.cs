namespace RnnService.Model.Architecture;

/// <summary>Stacked recurrent layers that read images in one order. Tensor names and shapes are those of PyTorch's modules.</summary>
/// <param name="Module">Name of the module, which is the prefix of its tensors' names.</param>
/// <param name="ReadsColumns">Whether a time step is a column of the image instead of a row.</param>
/// <param name="Cell">The kind of cell.</param>
/// <param name="InputSize">Pixels of a row or column.</param>
/// <param name="HiddenSize">Units of the hidden state, in each layer and direction.</param>
/// <param name="Layers">Stacked layers.</param>
/// <param name="Directions">1, or 2 for a bidirectional network.</param>
internal sealed record RecurrentShape(string Module, bool ReadsColumns, CellDescription Cell, int InputSize, int HiddenSize, int Layers, int Directions)
{
    /// <summary>Tensors of each layer in each direction: input weight, hidden weight, input bias, hidden bias.</summary>
    public const int WeightsPerLayer = 4;

    /// <summary>Number of outputs for each image: the last hidden state of each direction.</summary>
    public int FeatureCount => Directions * HiddenSize;

    /// <summary>All tensors: layer by layer, forward before reverse.</summary>
    public IEnumerable<WeightShape> Weights => LayersAndDirections.SelectMany(place => WeightsOf(place.Layer, place.Reverse));

    private IEnumerable<(int Layer, bool Reverse)> LayersAndDirections =>
        Enumerable.Range(0, Layers).SelectMany(layer => Enumerable.Range(0, Directions).Select(direction => (layer, direction == 1)));

    /// <summary>Number of inputs of a layer at each time step.</summary>
    public int InputSizeOf(int layer) => layer == 0 ? InputSize : FeatureCount;

    /// <summary>The four tensors of one layer in one direction.</summary>
    public IReadOnlyList<WeightShape> WeightsOf(int layer, bool reverse)
    {
        long gates = (long)Cell.Gates.Count * HiddenSize;
        string suffix = $"l{layer}{(reverse ? "_reverse" : "")}";
        return
        [
            new($"{Module}.weight_ih_{suffix}", gates, InputSizeOf(layer)),
            new($"{Module}.weight_hh_{suffix}", gates, HiddenSize),
            new($"{Module}.bias_ih_{suffix}", gates),
            new($"{Module}.bias_hh_{suffix}", gates),
        ];
    }
}
