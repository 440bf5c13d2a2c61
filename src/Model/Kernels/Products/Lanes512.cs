using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RnnService.Model.Kernels.Products;

/// <summary>16 lanes: a 512-bit vector.</summary>
internal readonly unsafe struct Lanes512(Vector512<float> value) : ILanes<Lanes512>
{
    private const MethodImplOptions Inlined = MethodImplOptions.AggressiveInlining;

    private readonly Vector512<float> value = value;

    public static int Count => Vector512<float>.Count;

    [MethodImpl(Inlined)]
    public static Lanes512 operator +(Lanes512 left, Lanes512 right) => new(left.value + right.value);

    [MethodImpl(Inlined)]
    public static Lanes512 operator -(Lanes512 left, Lanes512 right) => new(left.value - right.value);

    [MethodImpl(Inlined)]
    public static Lanes512 operator *(Lanes512 left, Lanes512 right) => new(left.value * right.value);

    [MethodImpl(Inlined)]
    public static Lanes512 operator /(Lanes512 left, Lanes512 right) => new(left.value / right.value);

    [MethodImpl(Inlined)]
    public static Lanes512 Create(float value) => new(Vector512.Create(value));

    [MethodImpl(Inlined)]
    public static Lanes512 Load(float* source) => new(Vector512.Load(source));

    [MethodImpl(Inlined)]
    public void Store(float* target) => value.Store(target);

    [MethodImpl(Inlined)]
    public static Lanes512 MultiplyAdd(Lanes512 left, Lanes512 right, Lanes512 addend) =>
        new(Vector512.FusedMultiplyAdd(left.value, right.value, addend.value));

    [MethodImpl(Inlined)]
    public static Lanes512 Clamp(Lanes512 value, Lanes512 low, Lanes512 high) => new(Vector512.Clamp(value.value, low.value, high.value));

    [MethodImpl(Inlined)]
    public static Lanes512 PowerOfTwo(Lanes512 exponent) =>
        new(((Vector512.ConvertToInt32(exponent.value) + Vector512.Create(127)) << 23).AsSingle());

    [MethodImpl(Inlined)]
    public static Lanes512 Flush(Lanes512 value, Lanes512 limit) =>
        new(Vector512.AndNot(value.value, Vector512.LessThan(Vector512.Abs(value.value), limit.value)));
}
