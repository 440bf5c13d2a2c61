using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RnnService.Model.Kernels.Products;

/// <summary>4 lanes: a 128-bit vector.</summary>
internal readonly unsafe struct Lanes128(Vector128<float> value) : ILanes<Lanes128>
{
    private const MethodImplOptions Inlined = MethodImplOptions.AggressiveInlining;

    private readonly Vector128<float> value = value;

    public static int Count => Vector128<float>.Count;

    [MethodImpl(Inlined)]
    public static Lanes128 operator +(Lanes128 left, Lanes128 right) => new(left.value + right.value);

    [MethodImpl(Inlined)]
    public static Lanes128 operator -(Lanes128 left, Lanes128 right) => new(left.value - right.value);

    [MethodImpl(Inlined)]
    public static Lanes128 operator *(Lanes128 left, Lanes128 right) => new(left.value * right.value);

    [MethodImpl(Inlined)]
    public static Lanes128 operator /(Lanes128 left, Lanes128 right) => new(left.value / right.value);

    [MethodImpl(Inlined)]
    public static Lanes128 Create(float value) => new(Vector128.Create(value));

    [MethodImpl(Inlined)]
    public static Lanes128 Load(float* source) => new(Vector128.Load(source));

    [MethodImpl(Inlined)]
    public void Store(float* target) => value.Store(target);

    [MethodImpl(Inlined)]
    public static Lanes128 MultiplyAdd(Lanes128 left, Lanes128 right, Lanes128 addend) =>
        new(Vector128.FusedMultiplyAdd(left.value, right.value, addend.value));

    [MethodImpl(Inlined)]
    public static Lanes128 Clamp(Lanes128 value, Lanes128 low, Lanes128 high) => new(Vector128.Clamp(value.value, low.value, high.value));

    [MethodImpl(Inlined)]
    public static Lanes128 PowerOfTwo(Lanes128 exponent) =>
        new(((Vector128.ConvertToInt32(exponent.value) + Vector128.Create(127)) << 23).AsSingle());

    [MethodImpl(Inlined)]
    public static Lanes128 Flush(Lanes128 value, Lanes128 limit) =>
        new(Vector128.AndNot(value.value, Vector128.LessThan(Vector128.Abs(value.value), limit.value)));
}
