namespace RnnService.Model.Kernels;

/// <summary>What goes into a layer or comes out of it, in native memory: at each time some numbers of each image.</summary>
/// <param name="data">The first number; null when there is nothing.</param>
/// <param name="timeStride">From one time to the next, in floats.</param>
/// <param name="imageStride">From one image to the next, in floats.</param>
/// <param name="stride">From one number to the next, in floats.</param>
internal readonly unsafe struct Sequence(float* data, nint timeStride, nint imageStride, nint stride = 1)
{
    public bool IsEmpty => data is null;

    /// <summary>From one number to the next, in floats.</summary>
    public nint Stride => stride;

    public float* At(int time, int image) => data + Place(time, image);

    /// <summary>How far from the first number those of a time and an image are.</summary>
    public nint Place(int time, int image) => (time * timeStride) + (image * imageStride);

    /// <summary>The same without the first numbers of each time and image.</summary>
    public Sequence From(int first) => new(data + first, timeStride, imageStride, stride);
}
