namespace RnnService.Model.Kernels.Products;

/// <summary>
/// So many floats side by side as the processor calculates with at once. Kernels are written once, for any number of lanes; the compiler
/// makes of each the code for its width. Every lane rounds as every other does, so the results do not depend on the width.
/// </summary>
internal unsafe interface ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    /// <summary>How many floats there are.</summary>
    static abstract int Count { get; }

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    static abstract TSelf operator /(TSelf left, TSelf right);

    static abstract TSelf Create(float value);

    static abstract TSelf Load(float* source);

    void Store(float* target);

    /// <summary>left · right + addend, rounded once.</summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    /// <summary>Not below the low nor above the high bound; what is not a number stays so.</summary>
    static abstract TSelf Clamp(TSelf value, TSelf low, TSelf high);

    /// <summary>Two to the power of a whole number from -126 to 127.</summary>
    static abstract TSelf PowerOfTwo(TSelf exponent);

    /// <summary>Zero in place of whatever is nearer to zero than the limit: denormal numbers would cost a hundred times as much to calculate with.</summary>
    static abstract TSelf Flush(TSelf value, TSelf limit);
}
