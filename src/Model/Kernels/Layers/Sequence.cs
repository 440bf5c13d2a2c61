namespace RnnService.Model.Kernels.Layers;

/// <summary>The input or output of a layer, in native memory: [time, image, value], with any strides.</summary>
/// <param name="data">The first value; null for an empty sequence.</param>
/// <param name="timeStride">Distance between two times, in floats.</param>
/// <param name="imageStride">Distance between two images, in floats.</param>
/// <param name="stride">Distance between two values, in floats.</param>
internal readonly unsafe struct Sequence(float* data, nint timeStride, nint imageStride, nint stride = 1)
{
    public bool IsEmpty => data is null;

    public float* At(int time, int image) => data + (time * timeStride) + (image * imageStride);

    /// <summary>Copies the first values of an image at a time.</summary>
    public void CopyTo(int time, int image, Span<float> target)
    {
        float* source = At(time, image);
        if (stride == 1)
        {
            new ReadOnlySpan<float>(source, target.Length).CopyTo(target);
            return;
        }

        for (int i = 0; i < target.Length; i++)
        {
            target[i] = source[i * stride];
        }
    }

    /// <summary>The sequence without the first values of each image and time. Only for contiguous values.</summary>
    public Sequence From(int first) => new(data + first, timeStride, imageStride, stride);
}
