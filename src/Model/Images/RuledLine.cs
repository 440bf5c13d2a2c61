namespace RnnService.Model.Images;

/// <summary>A printed line that runs along the rows, or along the columns, of an image.</summary>
/// <param name="Offset">Where it crosses the first column (or row).</param>
/// <param name="Slope">How much it rises with each column (or row).</param>
/// <param name="Width">Its width in pixels.</param>
/// <param name="Contrast">Its contrast.</param>
internal readonly record struct RuledLine(double Offset, double Slope, int Width, int Contrast)
{
    public double At(int along) => Offset + (Slope * along);

    /// <summary>The columns (or rows) in which the line is inside an image.</summary>
    public (int First, int Last) Visible(int length, int breadth)
    {
        (double enters, double leaves) = Slope == 0 ? (0, length) : (-Offset / Slope, (breadth - Offset) / Slope);
        return ((int)Math.Clamp(Math.Min(enters, leaves), 0, length), (int)Math.Clamp(Math.Max(enters, leaves), 0, length));
    }
}
