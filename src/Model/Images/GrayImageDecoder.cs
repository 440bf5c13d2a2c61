using SkiaSharp;

namespace RnnService.Model.Images;

/// <summary>Decodes PNGs of any color type, bit depth and interlacing method as grayscale images.</summary>
internal static class GrayImageDecoder
{
    /// <summary>The size of the buffer for each pixel.</summary>
    public const int BytesPerPixel = 4;

    /// <summary>Decodes a PNG's pixels. Grayscale values are used unchanged: gamma and color profiles are ignored. Colors are converted to luma (ITU-R BT.601).</summary>
    /// <param name="png">The whole file.</param>
    /// <param name="header">The file's header.</param>
    /// <param name="buffer">At least <see cref="BytesPerPixel"/> bytes for each pixel. The image is a part of it.</param>
    /// <exception cref="InvalidImageException">The file is damaged or truncated.</exception>
    public static unsafe GrayImage Decode(ReadOnlySpan<byte> png, PngHeader header, Span<byte> buffer)
    {
        PngHeader.ThrowIfTruncated(png);
        using SKData data = SKData.CreateCopy(png);
        using SKCodec codec = SKCodec.Create(data) ?? throw PngHeader.Broken();
        (int width, int height) = ((int)header.Width, (int)header.Height);

        // Without a color space, Skia does not convert colors, and grayscale values remain unchanged.
        SKImageInfo rgba = new(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        Span<byte> pixels = buffer[..rgba.BytesSize];
        fixed (byte* first = pixels)
        {
            if (codec.GetPixels(rgba, (nint)first) != SKCodecResult.Success)
            {
                throw new InvalidImageException(ImageFault.Broken, "The PNG is damaged: its pixels cannot be decoded. Save the image again.");
            }
        }

        return new GrayImage(width, height, Luma(pixels));
    }

    /// <summary>
    /// Converts RGBA to luma, one byte per pixel. Transparent pixels are blended with a background that contrasts with the ink: black for light ink, white for dark ink.
    /// </summary>
    /// <param name="rgba">Unpremultiplied RGBA, 4 bytes per pixel. The result overwrites its first part.</param>
    private static Span<byte> Luma(Span<byte> rgba)
    {
        Span<byte> luma = rgba[..(rgba.Length / BytesPerPixel)];
        long ink = 0;
        long opacity = 0;
        for (int i = 0; i < rgba.Length; i += BytesPerPixel)
        {
            Span<byte> pixel = rgba.Slice(i, BytesPerPixel);

            pixel[0] = (byte)ColorImage.Luma(pixel);
            ink += pixel[0] * pixel[3];
            opacity += pixel[3];
        }

        byte background = ink >= GrayImage.LightThreshold * opacity ? byte.MinValue : byte.MaxValue;
        for (int i = 0; i < luma.Length; i++)
        {
            ReadOnlySpan<byte> pixel = rgba.Slice(i * BytesPerPixel, BytesPerPixel);
            luma[i] = (byte)(((pixel[0] * pixel[3]) + (background * (byte.MaxValue - pixel[3])) + 127) / byte.MaxValue);
        }

        return luma;
    }
}
