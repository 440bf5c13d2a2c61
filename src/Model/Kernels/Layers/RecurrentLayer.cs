namespace RnnService.Model.Kernels.Layers;

/// <summary>One layer in one direction: its sizes and its packed weights.</summary>
/// <param name="Shape">Its sizes.</param>
/// <param name="IsReverse">Whether it begins with what is last.</param>
/// <param name="Packed">Its weights, packed.</param>
internal sealed record RecurrentLayer(LayerShape Shape, bool IsReverse, PackedWeights Packed)
{
    /// <summary>What is read at a step.</summary>
    public int TimeOf(int step, int steps) => IsReverse ? steps - 1 - step : step;
}
