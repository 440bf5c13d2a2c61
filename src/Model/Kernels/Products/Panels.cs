namespace RnnService.Model.Kernels.Products;

/// <summary>A matrix in native memory, in panels of a few neighbouring columns.</summary>
/// <param name="data">The first number of the first panel.</param>
/// <param name="panelStride">From one panel to the next, in floats.</param>
/// <param name="rowStride">From one row of a panel to the next, in floats.</param>
internal readonly unsafe struct Panels(float* data, nint panelStride, nint rowStride)
{
    public float* Data { get; } = data;

    public nint PanelStride { get; } = panelStride;

    public nint RowStride { get; } = rowStride;

    /// <summary>The same without the first panels.</summary>
    public Panels From(int panel) => new(Data + (panel * PanelStride), PanelStride, RowStride);
}
