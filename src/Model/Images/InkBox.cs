namespace RnnService.Model.Images;

/// <summary>A rectangle of pixels.</summary>
/// <param name="Left">The first column.</param>
/// <param name="Top">The first row.</param>
/// <param name="Right">The column after the last one.</param>
/// <param name="Bottom">The row after the last one.</param>
internal readonly record struct InkBox(int Left, int Top, int Right, int Bottom)
{
    /// <summary>The box of nothing.</summary>
    public static InkBox Empty => new(int.MaxValue, int.MaxValue, 0, 0);

    public int Width => Right - Left;

    public int Height => Bottom - Top;

    /// <summary>The longer side.</summary>
    public int Side => Math.Max(Width, Height);

    public double MiddleY => (Top + Bottom) / 2.0;

    public InkBox Union(InkBox other) => new(Math.Min(Left, other.Left), Math.Min(Top, other.Top), Math.Max(Right, other.Right), Math.Max(Bottom, other.Bottom));

    /// <summary>The number of columns in both boxes; negative, the number between them.</summary>
    public int SharedColumns(InkBox other) => Math.Min(Right, other.Right) - Math.Max(Left, other.Left);

    /// <summary>The number of rows in both boxes; negative, the number between them.</summary>
    public int SharedRows(InkBox other) => Math.Min(Bottom, other.Bottom) - Math.Max(Top, other.Top);

    /// <summary>Whether the box reaches the border of an image.</summary>
    public bool Touches(int width, int height) => Left == 0 || Top == 0 || Right == width || Bottom == height;

    /// <summary>The box with a margin, limited to an image.</summary>
    public InkBox Grow(int margin, int width, int height) =>
        new(Math.Max(0, Left - margin), Math.Max(0, Top - margin), Math.Min(width, Right + margin), Math.Min(height, Bottom + margin));
}
