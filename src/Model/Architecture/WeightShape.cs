namespace RnnService.Model.Architecture;

/// <summary>One tensor of a network's weights.</summary>
/// <param name="Name">The name, as in PyTorch's <c>state_dict</c>.</param>
/// <param name="Sizes">The size of each dimension, in row-major order.</param>
internal sealed record WeightShape(string Name, params IReadOnlyList<long> Sizes)
{
    /// <summary>Number of elements.</summary>
    public long Count => Sizes.Aggregate(1L, (product, size) => product * size);
}
