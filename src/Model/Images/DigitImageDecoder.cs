using SkiaSharp;

namespace RnnService.Model.Images;

/// <summary>
/// Reads a PNG of any colour type, bit depth and interlacing as a digit. An 8-bit grayscale picture keeps exactly its bytes:
/// gamma and colour profiles are not applied. Other pictures are reduced to 8 bits of luma (ITU-R BT.601).
/// </summary>
public static class DigitImageDecoder
{
    private const int BytesPerPixel = 4;
    private const int Bright = 128;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    private static ReadOnlySpan<byte> End => "\0\0\0\0IEND"u8;

    /// <summary>Decodes a 28×28 PNG.</summary>
    /// <param name="png">The whole file.</param>
    /// <param name="inversion">Whether dark and light change places.</param>
    /// <exception cref="InvalidImageException">The bytes are not a sound 28×28 PNG. A wrong size is seen before any pixel is decoded.</exception>
    public static DigitImage Decode(ReadOnlySpan<byte> png, Inversion inversion = Inversion.Auto)
    {
        if (png.IsEmpty)
        {
            throw new InvalidImageException(ImageFault.Missing, "The image is empty. Send a 28×28 PNG.");
        }

        if (!png.StartsWith(Signature))
        {
            throw new InvalidImageException(ImageFault.NotPng, "The file is not a PNG: it does not begin with the PNG signature. Convert it to PNG, whatever its name ends with.");
        }

        byte[] pixels = Luma(Rgba(png));
        if (inversion == Inversion.Always || (inversion == Inversion.Auto && HasLightBorder(pixels)))
        {
            Invert(pixels);
        }

        return new DigitImage(pixels);
    }

    /// <summary>[28, 28, 4] bytes: red, green, blue, alpha, with alpha not multiplied in.</summary>
    private static byte[] Rgba(ReadOnlySpan<byte> png)
    {
        // Skia forgives a file that breaks off after the last pixel, checksums missing; we do not.
        if (png.IndexOf(End) < 0)
        {
            throw new InvalidImageException(ImageFault.Broken, "The PNG is cut short: its end is missing. Save the picture again and send the whole file.");
        }

        using SKData data = SKData.CreateCopy(png);
        using SKCodec codec = SKCodec.Create(data)
            ?? throw new InvalidImageException(ImageFault.Broken, "The PNG's header is broken. Save the picture again and send the whole file.");
        if (codec.Info.Width != DigitImage.Side || codec.Info.Height != DigitImage.Side)
        {
            throw new InvalidImageException(ImageFault.WrongSize, $"The picture is {codec.Info.Width}×{codec.Info.Height}. Scale it to 28×28, as MNIST's digits are.");
        }

        // No colour space: Skia then converts none, and gray bytes stay what they are.
        SKImageInfo rgba = new(DigitImage.Side, DigitImage.Side, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        return codec.GetPixels(rgba, out byte[] pixels) == SKCodecResult.Success
            ? pixels
            : throw new InvalidImageException(ImageFault.Broken, "The PNG is broken: its pixels cannot be decoded to the end. Save the picture again and send the whole file.");
    }

    /// <summary>One byte a pixel; what is transparent gets the ground on which the ink is seen: black under light ink, white under dark.</summary>
    private static byte[] Luma(ReadOnlySpan<byte> rgba)
    {
        byte[] luma = new byte[DigitImage.PixelCount];
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

        byte ground = ink >= Bright * opacity ? byte.MinValue : byte.MaxValue;
        for (int i = 0; i < luma.Length; i++)
        {
            int alpha = rgba[(i * BytesPerPixel) + 3];
            luma[i] = (byte)(((luma[i] * alpha) + (ground * (byte.MaxValue - alpha)) + 127) / byte.MaxValue);
        }

        return luma;
    }

    private static bool HasLightBorder(ReadOnlySpan<byte> pixels)
    {
        const int last = DigitImage.Side - 1;
        int sum = 0;
        for (int i = 0; i < last; i++)
        {
            sum += pixels[i];
            sum += pixels[(i * DigitImage.Side) + last];
            sum += pixels[((i + 1) * DigitImage.Side)];
            sum += pixels[(last * DigitImage.Side) + i + 1];
        }

        return sum >= 4 * last * Bright;
    }

    private static void Invert(Span<byte> pixels)
    {
        foreach (ref byte pixel in pixels)
        {
            pixel = (byte)(byte.MaxValue - pixel);
        }
    }
}
