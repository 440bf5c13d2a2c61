using System.Runtime.InteropServices;

namespace RnnService.Model.Kernels;

/// <summary>Floats in native memory, at first all zero, that begin where a cache line does. Who makes them disposes of them.</summary>
internal sealed unsafe class NativeFloats : SafeHandle
{
    private const nuint CacheLine = 64;

    public NativeFloats(long length)
        : base(0, ownsHandle: true)
    {
        nuint bytes = (nuint)length * sizeof(float);
        SetHandle((nint)NativeMemory.AlignedAlloc(bytes, CacheLine));
        NativeMemory.Clear(Data, bytes);
    }

    public float* Data => (float*)handle;

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree(Data);
        return true;
    }
}
