namespace RnnService.Model.SafeTensors;

/// <summary>A float32 tensor in managed memory.</summary>
/// <param name="Name">The tensor's name, such as <c>lstm.weight_ih_l0</c>.</param>
/// <param name="Shape">The size of each dimension.</param>
/// <param name="Values">The values in row-major order. Their number is the product of the sizes.</param>
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

    /// <exception cref="InvalidDataException">The tensor has the wrong shape.</exception>
    internal void ThrowUnlessShaped(IReadOnlyList<long> shape)
    {
        if (!Shape.SequenceEqual(shape))
        {
            throw new InvalidDataException($"The tensor '{Name}' has the shape [{string.Join(", ", Shape)}], but the network expects [{string.Join(", ", shape)}].");
        }
    }
}
