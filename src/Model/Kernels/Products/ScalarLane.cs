using System.Runtime.CompilerServices;

namespace RnnService.Model.Kernels.Products;

/// <summary>A single lane, for processors without vector instructions.</summary>
internal readonly unsafe struct ScalarLane(float value) : ILanes<ScalarLane>
{
    private const MethodImplOptions Inlined = MethodImplOptions.AggressiveInlining;

    private readonly float value = value;

    public static int Count => 1;

    [MethodImpl(Inlined)]
    public static ScalarLane operator +(ScalarLane left, ScalarLane right) => new(left.value + right.value);

    [MethodImpl(Inlined)]
    public static ScalarLane operator -(ScalarLane left, ScalarLane right) => new(left.value - right.value);

    [MethodImpl(Inlined)]
    public static ScalarLane operator *(ScalarLane left, ScalarLane right) => new(left.value * right.value);

    [MethodImpl(Inlined)]
    public static ScalarLane operator /(ScalarLane left, ScalarLane right) => new(left.value / right.value);

    [MethodImpl(Inlined)]
    public static ScalarLane Create(float value) => new(value);

    [MethodImpl(Inlined)]
    public static ScalarLane Load(float* source) => new(*source);

    [MethodImpl(Inlined)]
    public void Store(float* target) => *target = value;

    [MethodImpl(Inlined)]
    public static ScalarLane MultiplyAdd(ScalarLane left, ScalarLane right, ScalarLane addend) =>
        new(MathF.FusedMultiplyAdd(left.value, right.value, addend.value));

    [MethodImpl(Inlined)]
    public static ScalarLane Clamp(ScalarLane value, ScalarLane low, ScalarLane high) => new(Math.Clamp(value.value, low.value, high.value));

    [MethodImpl(Inlined)]
    public static ScalarLane PowerOfTwo(ScalarLane exponent) => new(BitConverter.Int32BitsToSingle(((int)exponent.value + 127) << 23));

    [MethodImpl(Inlined)]
    public static ScalarLane Flush(ScalarLane value, ScalarLane limit) => MathF.Abs(value.value) < limit.value ? default : value;
}
