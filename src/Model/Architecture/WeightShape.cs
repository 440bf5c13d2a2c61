namespace RnnService.Model.Architecture;

/// <summary>One tensor of a network's weights.</summary>
/// <param name="Name">Its name, as PyTorch's <c>state_dict</c> has it.</param>
/// <param name="Sizes">Its sizes, slowest first.</param>
internal sealed record WeightShape(string Name, params IReadOnlyList<long> Sizes)
{
    /// <summary>How many numbers it has.</summary>
    public long Count => Sizes.Aggregate(1L, (product, size) => product * size);
}
