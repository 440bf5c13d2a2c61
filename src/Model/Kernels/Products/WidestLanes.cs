using System.Runtime.Intrinsics;

namespace RnnService.Model.Kernels.Products;

/// <summary>Selects the widest vectors that the processor supports.</summary>
internal static class WidestLanes
{
    /// <summary>Creates an object that computes with the widest vectors.</summary>
    public static TResult Create<TResult>(ILaneFactory<TResult> factory) =>
        Vector512.IsHardwareAccelerated ? factory.Create<Lanes512>()
        : Vector256.IsHardwareAccelerated ? factory.Create<Lanes256>()
        : Vector128.IsHardwareAccelerated ? factory.Create<Lanes128>()
        : factory.Create<ScalarLane>();
}
