namespace RnnService.Model.Kernels.Products;

/// <summary>
/// A vector of floats with a fixed number of lanes. Kernels are generic over the number of lanes, and the JIT compiles a specialized version for each. All
/// implementations round identically, so results do not depend on the number of lanes.
/// </summary>
internal unsafe interface ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    /// <summary>Number of lanes.</summary>
    static abstract int Count { get; }

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    static abstract TSelf operator /(TSelf left, TSelf right);

    static abstract TSelf Create(float value);

    static abstract TSelf Load(float* source);

    void Store(float* target);

    /// <summary>Computes left · right + addend with a single rounding.</summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    /// <summary>Limits values to the range from <paramref name="low"/> to <paramref name="high"/>. NaN is propagated.</summary>
    static abstract TSelf Clamp(TSelf value, TSelf low, TSelf high);

    /// <summary>Computes 2 to the power of an integer from -126 to 127.</summary>
    static abstract TSelf PowerOfTwo(TSelf exponent);

    /// <summary>Replaces values whose magnitude is below the limit with zero. It avoids denormal numbers, with which arithmetic is up to a hundred times slower.</summary>
    static abstract TSelf Flush(TSelf value, TSelf limit);
}
