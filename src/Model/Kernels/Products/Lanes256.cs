using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RnnService.Model.Kernels.Products;

/// <summary>8 lanes: a 256-bit vector.</summary>
internal readonly unsafe struct Lanes256(Vector256<float> value) : ILanes<Lanes256>
{
    private const MethodImplOptions Inlined = MethodImplOptions.AggressiveInlining;

    private readonly Vector256<float> value = value;

    public static int Count => Vector256<float>.Count;

    [MethodImpl(Inlined)]
    public static Lanes256 operator +(Lanes256 left, Lanes256 right) => new(left.value + right.value);

    [MethodImpl(Inlined)]
    public static Lanes256 operator -(Lanes256 left, Lanes256 right) => new(left.value - right.value);

    [MethodImpl(Inlined)]
    public static Lanes256 operator *(Lanes256 left, Lanes256 right) => new(left.value * right.value);

    [MethodImpl(Inlined)]
    public static Lanes256 operator /(Lanes256 left, Lanes256 right) => new(left.value / right.value);

    [MethodImpl(Inlined)]
    public static Lanes256 Create(float value) => new(Vector256.Create(value));

    [MethodImpl(Inlined)]
    public static Lanes256 Load(float* source) => new(Vector256.Load(source));

    [MethodImpl(Inlined)]
    public void Store(float* target) => value.Store(target);

    [MethodImpl(Inlined)]
    public static Lanes256 MultiplyAdd(Lanes256 left, Lanes256 right, Lanes256 addend) =>
        new(Vector256.FusedMultiplyAdd(left.value, right.value, addend.value));

    [MethodImpl(Inlined)]
    public static Lanes256 Clamp(Lanes256 value, Lanes256 low, Lanes256 high) => new(Vector256.Clamp(value.value, low.value, high.value));

    [MethodImpl(Inlined)]
    public static Lanes256 PowerOfTwo(Lanes256 exponent) =>
        new(((Vector256.ConvertToInt32(exponent.value) + Vector256.Create(127)) << 23).AsSingle());

    [MethodImpl(Inlined)]
    public static Lanes256 Flush(Lanes256 value, Lanes256 limit) =>
        new(Vector256.AndNot(value.value, Vector256.LessThan(Vector256.Abs(value.value), limit.value)));
}
