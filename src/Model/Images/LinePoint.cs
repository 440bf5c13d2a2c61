namespace RnnService.Model.Images;

/// <summary>A thin run of pixels across a possible line.</summary>
/// <param name="Along">The column (or row).</param>
/// <param name="Across">The middle of the run.</param>
/// <param name="Width">Pixels of the run.</param>
/// <param name="Contrast">The highest contrast in it.</param>
internal readonly record struct LinePoint(int Along, double Across, int Width, int Contrast);
