using SkiaSharp;

namespace RnnService.Api.Tests;

/// <summary>Images in the formats of cameras.</summary>
internal static class Images
{
    private const int Quality = 90;

    /// <summary>Appends bytes after a PNG's last chunk, which decoders ignore.</summary>
    public static byte[] Pad(byte[] png, int length)
    {
        byte[] padded = new byte[length];
        png.CopyTo(padded, 0);
        return padded;
    }

    public static byte[] Convert(byte[] png, SKEncodedImageFormat format)
    {
        using SKBitmap bitmap = SKBitmap.Decode(png);
        using SKData data = bitmap.Encode(format, Quality);
        return data.ToArray();
    }
}
