using RnnService.Model.Kernels.Products;

namespace RnnService.Model.Inference;

/// <summary>Native memory that is reused from one batch to the next and grows as needed.</summary>
internal sealed class NativeBuffer : IDisposable
{
    private NativeFloats? floats;
    private long length;

    /// <summary>Returns memory for at least this many floats, with unspecified values. It is valid until the next call.</summary>
    public NativeFloats AtLeast(long count)
    {
        if (floats is null || length < count)
        {
            floats?.Dispose();
            floats = new NativeFloats(count);
            length = count;
        }

        return floats;
    }

    public void Dispose() => floats?.Dispose();
}
