namespace RnnService.Model.Kernels.Products;

/// <summary>A matrix in native memory, transposed or not.</summary>
/// <param name="data">Its first number.</param>
/// <param name="rowStride">From one row to the next, in floats.</param>
/// <param name="columnStride">From one column to the next, in floats.</param>
internal readonly unsafe struct Strided(float* data, nint rowStride, nint columnStride)
{
    public float* Data { get; } = data;

    public nint RowStride { get; } = rowStride;

    public nint ColumnStride { get; } = columnStride;
}
