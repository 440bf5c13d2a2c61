using SkiaSharp;

namespace RnnService.Benchmarks.OnnxRuntimeApi;

/// <summary>Decodes a 28×28 grayscale PNG to the model's input.</summary>
internal static class PngPixels
{
    public const int Side = 28;

    /// <summary>Returns 784 floats from 0 (black) to 1 (white), in row-major order, or null if the stream is not a 28×28 PNG.</summary>
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
