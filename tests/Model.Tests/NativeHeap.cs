using System.Runtime.InteropServices;

namespace RnnService.Model.Tests;

/// <summary>The memory that native code has allocated and not freed. Unlike resident memory, it excludes freed blocks that the C library keeps.</summary>
internal static partial class NativeHeap
{
    /// <summary>Bytes in use; on systems without glibc, the resident memory of the process.</summary>
    public static long BytesInUse
    {
        get
        {
            try
            {
                MallocInfo info = GetMallocInfo();
                return (long)(info.InUse + info.Mapped);
            }
            catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
            {
                return Environment.WorkingSet;
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "mallinfo2")]
    private static partial MallocInfo GetMallocInfo();

    /// <summary>The fields of <c>struct mallinfo2</c>, in its order.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct MallocInfo
    {
        public readonly nuint Arena, FreeChunks, FastFreeChunks, MappedRegions, Mapped, MaxInUse, FastFree, InUse, Free, Releasable;
    }
}
