namespace RnnService.Model.Kernels.Layers;

/// <summary>What goes into a layer or comes out of it, in native memory: at each time some numbers of each image.</summary>
/// <param name="data">The first number; null when there is nothing.</param>
/// <param name="timeStride">From one time to the next, in floats.</param>
/// <param name="imageStride">From one image to the next, in floats.</param>
/// <param name="stride">From one number to the next, in floats.</param>
internal readonly unsafe struct Sequence(float* data, nint timeStride, nint imageStride, nint stride = 1)
{
    public bool IsEmpty => data is null;

    public float* At(int time, int image) => data + Place(time, image);

    /// <summary>Copies the first numbers of a time and an image.</summary>
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

    /// <summary>How far from the first number those of a time and an image are.</summary>
    public nint Place(int time, int image) => (time * timeStride) + (image * imageStride);

    /// <summary>The same without the first numbers of each time and image.</summary>
    public Sequence From(int first) => new(data + first, timeStride, imageStride, stride);
}
