using SkiaSharp;

namespace RnnService.Model.Images;

/// <summary>Decodes PNGs of any color type, bit depth and interlacing method as grayscale images.</summary>
internal static class GrayImageDecoder
{
    private const int BytesPerPixel = 4;

    private static ReadOnlySpan<byte> End => "\0\0\0\0IEND"u8;

    /// <summary>Decodes a PNG's pixels. Grayscale values are used unchanged: gamma and color profiles are ignored. Colors are converted to luma (ITU-R BT.601).</summary>
    /// <param name="png">The whole file.</param>
    /// <param name="header">The file's header.</param>
    /// <exception cref="InvalidImageException">The file is damaged or truncated.</exception>
    public static GrayImage Decode(ReadOnlySpan<byte> png, PngHeader header)
    {
        // Skia accepts files that are truncated after the last pixel, without the final checksums; this decoder does not.
        if (png.IndexOf(End) < 0)
        {
            throw new InvalidImageException(ImageFault.Broken, "The PNG is truncated. Save the image again.");
        }

        using SKData data = SKData.CreateCopy(png);
        using SKCodec codec = SKCodec.Create(data) ?? throw PngHeader.Broken();
        (int width, int height) = ((int)header.Width, (int)header.Height);

        // Without a color space, Skia does not convert colors, and grayscale values remain unchanged.
        SKImageInfo rgba = new(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        return codec.GetPixels(rgba, out byte[] pixels) == SKCodecResult.Success
            ? new GrayImage(width, height, Luma(pixels))
            : throw new InvalidImageException(ImageFault.Broken, "The PNG is damaged: its pixels cannot be decoded. Save the image again.");
    }

    /// <summary>
    /// Converts RGBA to luma, one byte per pixel. Transparent pixels are blended with a background that contrasts with the ink: black for light ink, white for dark ink.
    /// </summary>
    /// <param name="rgba">Unpremultiplied RGBA, 4 bytes per pixel.</param>
    private static byte[] Luma(ReadOnlySpan<byte> rgba)
    {
        byte[] luma = new byte[rgba.Length / BytesPerPixel];
        long ink = 0;
        long opacity = 0;
        for (int i = 0; i < luma.Length; i++)
        {
            ReadOnlySpan<byte> pixel = rgba.Slice(i * BytesPerPixel, BytesPerPixel);

            // BT.601 in 16-bit fixed point. The weights sum to 65,536, so gray values remain unchanged.
            luma[i] = (byte)(((19595 * pixel[0]) + (38470 * pixel[1]) + (7471 * pixel[2]) + 32768) >> 16);
            ink += luma[i] * pixel[3];
            opacity += pixel[3];
        }

        if (opacity == (long)luma.Length * byte.MaxValue)
        {
            return luma;
        }

        byte background = ink >= GrayImage.LightThreshold * opacity ? byte.MinValue : byte.MaxValue;
        for (int i = 0; i < luma.Length; i++)
        {
            int alpha = rgba[(i * BytesPerPixel) + 3];
            luma[i] = (byte)(((luma[i] * alpha) + (background * (byte.MaxValue - alpha)) + 127) / byte.MaxValue);
        }

        return luma;
    }
}
