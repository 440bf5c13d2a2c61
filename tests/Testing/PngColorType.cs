namespace RnnService.Testing;

/// <summary>The color types of PNG (W3C Portable Network Graphics, second edition, section 11.2.2).</summary>
public enum PngColorType : byte
{
    Gray = 0,
    Rgb = 2,
    Palette = 3,
    GrayAlpha = 4,
    Rgba = 6,
}
