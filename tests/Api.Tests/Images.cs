using SkiaSharp;

namespace RnnService.Api.Tests;

/// <summary>Images in the formats of cameras.</summary>
internal static class Images
{
    private const int Quality = 90;

    public static byte[] Convert(byte[] png, SKEncodedImageFormat format)
    {
        using SKBitmap bitmap = SKBitmap.Decode(png);
        using SKData data = bitmap.Encode(format, Quality);
        return data.ToArray();
    }
}
