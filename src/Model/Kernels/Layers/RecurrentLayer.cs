namespace RnnService.Model.Kernels.Layers;

/// <summary>One layer in one direction: its sizes and its packed weights.</summary>
/// <param name="Shape">The layer's sizes.</param>
/// <param name="IsReverse">Whether the layer reads the sequence in reverse.</param>
/// <param name="Packed">The packed weights.</param>
internal sealed record RecurrentLayer(LayerShape Shape, bool IsReverse, PackedWeights Packed)
{
    /// <summary>The index in the sequence of the element that a time step reads.</summary>
    public int TimeOf(int step, int steps) => IsReverse ? steps - 1 - step : step;
}
