using System.Runtime.CompilerServices;

namespace RnnService.Model.Kernels.Cells;

/// <summary>Compilation options for the methods of a cell.</summary>
internal static class NeverInlined
{
    /// <summary>
    /// Compiles the method separately, fully optimized from the first call. If the JIT inlines a cell into its caller, which it does when the profile shows a single callee, the
    /// method becomes so large that the vector operators are no longer inlined, and the cell is four times slower.
    /// </summary>
    public const MethodImplOptions Options = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;
}
