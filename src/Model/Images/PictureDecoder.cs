using SkiaSharp;

namespace RnnService.Model.Images;

/// <summary>Reads a PNG of any colour type, bit depth and interlacing as shades of gray.</summary>
internal static class PictureDecoder
{
    private const int BytesPerPixel = 4;

    private static ReadOnlySpan<byte> End => "\0\0\0\0IEND"u8;

    /// <summary>Decodes a PNG's pixels. Gray bytes stay as they are: gamma and colour profiles are not applied; colours become luma (ITU-R BT.601).</summary>
    /// <param name="png">The whole file.</param>
    /// <param name="header">What it says of itself.</param>
    /// <exception cref="InvalidImageException">It cannot be decoded to the end.</exception>
    public static GrayPicture Decode(ReadOnlySpan<byte> png, PngHeader header)
    {
        // Skia forgives a file that breaks off after the last pixel, checksums missing; we do not.
        if (png.IndexOf(End) < 0)
        {
            throw new InvalidImageException(ImageFault.Broken, "The PNG is cut short: its end is missing. Save the picture again and send the whole file.");
        }

        using SKData data = SKData.CreateCopy(png);
        using SKCodec codec = SKCodec.Create(data) ?? throw PngHeader.Broken();
        (int width, int height) = ((int)header.Width, (int)header.Height);

        // No colour space: Skia then converts none, and gray bytes stay what they are.
        SKImageInfo rgba = new(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        return codec.GetPixels(rgba, out byte[] pixels) == SKCodecResult.Success
            ? new GrayPicture(width, height, Luma(pixels))
            : throw new InvalidImageException(ImageFault.Broken, "The PNG is broken: its pixels cannot be decoded to the end. Save the picture again and send the whole file.");
    }

    /// <summary>One byte a pixel; what is transparent gets the ground on which the ink is seen: black under light ink, white under dark.</summary>
    /// <param name="rgba">Red, green, blue, alpha, with alpha not multiplied in.</param>
    private static byte[] Luma(ReadOnlySpan<byte> rgba)
    {
        byte[] luma = new byte[rgba.Length / BytesPerPixel];
        long ink = 0;
        long opacity = 0;
        for (int i = 0; i < luma.Length; i++)
        {
            ReadOnlySpan<byte> pixel = rgba.Slice(i * BytesPerPixel, BytesPerPixel);

            // BT.601 in 16-bit fixed point. The weights add up to 65,536, so that gray stays exactly what it is.
            luma[i] = (byte)(((19595 * pixel[0]) + (38470 * pixel[1]) + (7471 * pixel[2]) + 32768) >> 16);
            ink += luma[i] * pixel[3];
            opacity += pixel[3];
        }

        if (opacity == (long)luma.Length * byte.MaxValue)
        {
            return luma;
        }

        byte ground = ink >= GrayPicture.Bright * opacity ? byte.MinValue : byte.MaxValue;
        for (int i = 0; i < luma.Length; i++)
        {
            int alpha = rgba[(i * BytesPerPixel) + 3];
            luma[i] = (byte)(((luma[i] * alpha) + (ground * (byte.MaxValue - alpha)) + 127) / byte.MaxValue);
        }

        return luma;
    }
}
