namespace RnnService.Model.Images;

/// <summary>An image whose rows, or columns, are read along printed lines.</summary>
/// <param name="image">The image.</param>
/// <param name="isTransposed">Whether lines run along the columns.</param>
internal readonly ref struct LineRaster(GrayImage image, bool isTransposed)
{
    private readonly GrayImage image = image;
    private readonly int stepAlong = isTransposed ? image.Width : 1, stepAcross = isTransposed ? 1 : image.Width;

    /// <summary>Pixels along a line.</summary>
    public int Length { get; } = isTransposed ? image.Height : image.Width;

    /// <summary>Pixels across the lines.</summary>
    public int Breadth { get; } = isTransposed ? image.Width : image.Height;

    public ref byte this[int along, int across] => ref image.Pixels[(along * stepAlong) + (across * stepAcross)];
}
