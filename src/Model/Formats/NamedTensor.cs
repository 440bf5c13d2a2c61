namespace RnnService.Model.Formats;

/// <summary>A tensor outside native memory.</summary>
/// <param name="Name">Its name in the network, such as <c>lstm.weight_ih_l0</c>.</param>
/// <param name="Shape">Its sizes, slowest first.</param>
/// <param name="Values">Its values, row-major; as many as the product of the sizes.</param>
public sealed record NamedTensor(string Name, IReadOnlyList<long> Shape, ReadOnlyMemory<float> Values)
{
    internal int ByteLength => Values.Length * sizeof(float);
}
