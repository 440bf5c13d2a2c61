using System.Runtime.CompilerServices;

namespace RnnService.Model.Kernels.Cells;

/// <summary>Compilation options for the methods of a cell.</summary>
internal static class NeverInlined
{
    /// <summary>
    /// Compiled as a separate method, fully optimized from the first call. Inlined into its callers, which the JIT does when a profile shows no other callee, a cell
    /// becomes so large that the operators of its lanes are called instead of inlined: four times slower.
    /// </summary>
    public const MethodImplOptions Options = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;
}
