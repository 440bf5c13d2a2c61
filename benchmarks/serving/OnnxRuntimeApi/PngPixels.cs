using SkiaSharp;

namespace RnnService.Benchmarks.OnnxRuntimeApi;

/// <summary>A gray 28×28 PNG as the model reads it.</summary>
internal static class PngPixels
{
    public const int Side = 28;

    /// <summary>784 floats from 0 (black) to 1 (white), row by row; null when it is no 28×28 PNG.</summary>
    public static float[]? Read(Stream png)
    {
        using SKCodec? codec = SKCodec.Create(png);
        if (codec?.Info is not { Width: Side, Height: Side })
        {
            return null;
        }

        SKImageInfo gray = new(Side, Side, SKColorType.Gray8, SKAlphaType.Opaque);
        return codec.GetPixels(gray, out byte[] pixels) == SKCodecResult.Success ? Array.ConvertAll(pixels, pixel => pixel / 255f) : null;
    }
}
