namespace RnnService.Model.Kernels.Products;

/// <summary>A matrix in native memory with arbitrary strides, for example a transposed one.</summary>
/// <param name="data">The first element.</param>
/// <param name="rowStride">Distance between rows, in floats.</param>
/// <param name="columnStride">Distance between columns, in floats.</param>
internal readonly unsafe struct Strided(float* data, nint rowStride, nint columnStride)
{
    public float* Data { get; } = data;

    public nint RowStride { get; } = rowStride;

    public nint ColumnStride { get; } = columnStride;
}
