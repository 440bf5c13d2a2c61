using System.Runtime.Intrinsics;

namespace RnnService.Model.Kernels.Products;

/// <summary>The widest vectors of this processor.</summary>
internal static class WidestLanes
{
    public static TResult Create<TResult>(ILaneFactory<TResult> factory) =>
        Vector512.IsHardwareAccelerated ? factory.Create<Lanes512>()
        : Vector256.IsHardwareAccelerated ? factory.Create<Lanes256>()
        : Vector128.IsHardwareAccelerated ? factory.Create<Lanes128>()
        : factory.Create<ScalarLane>();
}
