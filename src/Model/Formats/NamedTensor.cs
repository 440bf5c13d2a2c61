using static TorchSharp.torch;

namespace RnnService.Model.Formats;

/// <summary>A tensor outside native memory.</summary>
/// <param name="Name">Its name in the network, such as <c>lstm.weight_ih_l0</c>.</param>
/// <param name="Shape">Its sizes, slowest first.</param>
/// <param name="Values">Its values, row-major; as many as the product of the sizes.</param>
public sealed record NamedTensor(string Name, IReadOnlyList<long> Shape, ReadOnlyMemory<float> Values)
{
    internal int ByteLength => Values.Length * sizeof(float);

    internal bool IsFinite
    {
        get
        {
            foreach (float value in Values.Span)
            {
                if (!float.IsFinite(value))
                {
                    return false;
                }
            }

            return true;
        }
    }

    internal static NamedTensor From(string name, Tensor native) => new(name, native.shape, native.data<float>().ToArray());

    /// <exception cref="InvalidDataException">The native tensor has another shape.</exception>
    internal void CopyTo(Tensor native)
    {
        ThrowUnlessShaped(native.shape);
        using Tensor values = tensor(Values.ToArray(), Shape.ToArray());
        native.copy_(values);
    }

    /// <exception cref="InvalidDataException">The shape is another one.</exception>
    internal void ThrowUnlessShaped(IReadOnlyList<long> shape)
    {
        if (!Shape.SequenceEqual(shape))
        {
            throw new InvalidDataException($"The tensor '{Name}' is [{string.Join(", ", Shape)}], but the network's is [{string.Join(", ", shape)}].");
        }
    }
}
