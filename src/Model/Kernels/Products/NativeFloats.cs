using System.Runtime.InteropServices;

namespace RnnService.Model.Kernels.Products;

/// <summary>Floats in native memory, at first all zero, that begin where a cache line does. Who makes them disposes of them.</summary>
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

    /// <summary>How many bytes all that are not disposed of have.</summary>
    public static long LiveBytes => Interlocked.Read(ref liveBytes);

    /// <exception cref="ObjectDisposedException">They were disposed of.</exception>
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
