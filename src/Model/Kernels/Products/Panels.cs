namespace RnnService.Model.Kernels.Products;

/// <summary>A matrix in native memory, packed in panels of consecutive columns.</summary>
/// <param name="data">The first element of the first panel.</param>
/// <param name="panelStride">Distance between panels, in floats.</param>
/// <param name="rowStride">Distance between rows of a panel, in floats.</param>
internal readonly unsafe struct Panels(float* data, nint panelStride, nint rowStride)
{
    public float* Data { get; } = data;

    public nint PanelStride { get; } = panelStride;

    public nint RowStride { get; } = rowStride;

    /// <summary>The matrix without its first panels.</summary>
    public Panels From(int panel) => new(Data + (panel * PanelStride), PanelStride, RowStride);
}
