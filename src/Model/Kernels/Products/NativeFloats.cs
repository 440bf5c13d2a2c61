using System.Runtime.InteropServices;

namespace RnnService.Model.Kernels.Products;

/// <summary>An array of floats in native memory, aligned to cache lines and initialized to zero. The owner must dispose of it.</summary>
internal sealed unsafe class NativeFloats : SafeHandle
{
    private const nuint CacheLine = 64;

    private static long liveBytes;

    private readonly long bytes;

    public NativeFloats(long length)
        : base(0, ownsHandle: true)
    {
        bytes = length * sizeof(float);
        SetHandle((nint)NativeMemory.AlignedAlloc((nuint)bytes, CacheLine));
        NativeMemory.Clear(Data, (nuint)bytes);
        Interlocked.Add(ref liveBytes, bytes);
    }

    /// <summary>Total size of all arrays that have not been disposed of, in bytes.</summary>
    public static long LiveBytes => Interlocked.Read(ref liveBytes);

    /// <exception cref="ObjectDisposedException">The array has been disposed of.</exception>
    public float* Data
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return (float*)handle;
        }
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        Interlocked.Add(ref liveBytes, -bytes);
        return true;
    }
}
