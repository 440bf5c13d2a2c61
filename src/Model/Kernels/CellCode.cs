using System.Runtime.CompilerServices;

namespace RnnService.Model.Kernels;

/// <summary>How the compiler is to treat a cell's steps.</summary>
internal static class CellCode
{
    /// <summary>
    /// As a method of its own, optimised from the first call on. Put into its callers, which the compiler does where a profile says that they call nothing else, a cell
    /// would be so much code that its lanes' operators are called one by one: four times as slow.
    /// </summary>
    public const MethodImplOptions Alone = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;
}
