using System.Buffers;
using SkiaSharp;

namespace RnnService.Model.Images;

/// <summary>
/// Decodes PNGs of any color type, bit depth and interlacing method. The pixels of an 8-bit grayscale image of 28×28 are used unchanged:
/// gamma and color profiles are ignored. Other images are converted to 8-bit luma (ITU-R BT.601).
/// </summary>
public static class DigitImageDecoder
{
    /// <summary>Maximum width and height of an image for <see cref="Fit"/>, in pixels.</summary>
    public const int MaxSide = 2048;

    /// <summary>Whether a file begins like a 28×28 PNG, which <see cref="Decode"/> accepts.</summary>
    /// <param name="start">The first bytes of the file, at least 24 if it has as many.</param>
    public static bool IsExact(ReadOnlySpan<byte> start)
    {
        try
        {
            return PngHeader.Read(start) is { Width: DigitImage.Side, Height: DigitImage.Side };
        }
        catch (InvalidImageException)
        {
            return false;
        }
    }

    /// <summary>Decodes a 28×28 PNG.</summary>
    /// <param name="png">The whole file.</param>
    /// <param name="inversion">Whether to invert the image. Networks expect light ink on a dark background.</param>
    /// <exception cref="InvalidImageException">The file is not a valid 28×28 PNG. The size is checked before the pixels are decoded.</exception>
    public static DigitImage Decode(ReadOnlySpan<byte> png, Inversion inversion = Inversion.Auto)
    {
        PngHeader header = PngHeader.Read(png);
        if (header is not { Width: DigitImage.Side, Height: DigitImage.Side })
        {
            throw new InvalidImageException(ImageFault.WrongSize, $"The image is {header.Width}×{header.Height}, but it must be 28×28.");
        }

        GrayImage image = GrayImageDecoder.Decode(png, header, stackalloc byte[DigitImage.PixelCount * GrayImageDecoder.BytesPerPixel]);
        image.MakeInkLight(inversion, GrayImage.LightThreshold);
        return new DigitImage(image.Pixels.ToArray());
    }

    /// <summary>Decodes a PNG of any size up to 2,048×2,048 and normalizes the digit in it the way MNIST was made: see <see cref="DigitNormalizer"/>.</summary>
    /// <param name="png">The whole file.</param>
    /// <param name="inversion">Whether to invert the image. Networks expect light ink on a dark background.</param>
    /// <exception cref="InvalidImageException">
    /// The file is not a valid PNG, the image is blank, or it is wider or higher than <see cref="MaxSide"/>. The size is checked before the pixels are decoded.
    /// </exception>
    public static DigitImage Fit(ReadOnlySpan<byte> png, Inversion inversion = Inversion.Auto)
    {
        if (!png.IsEmpty && png[0] != 0x89 && SKBitmap.Decode(png) is SKBitmap bitmap)
        {
            using SKData converted = bitmap.Encode(SKEncodedImageFormat.Png, 100);
            return Fit(converted.AsSpan(), inversion);
        }

        PngHeader header = PngHeader.Read(png);
        if (header is not { Width: <= MaxSide, Height: <= MaxSide })
        {
            throw new InvalidImageException(ImageFault.WrongSize, $"The image is {header.Width}×{header.Height}, but it must be at most {MaxSide}×{MaxSide}.");
        }

        // Large arrays of their own would cause full garbage collections, several a second under load.
        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)(header.Width * header.Height * GrayImageDecoder.BytesPerPixel));
        try
        {
            GrayImage image = GrayImageDecoder.Decode(png, header, buffer);

            // A fixed threshold fails for photographs: paper in shadow may be darker than mid-gray, but it is lighter than its ink.
            (byte darkest, byte lightest) = image.Range();
            image.MakeInkLight(inversion, (darkest + lightest + 1) / 2);
            return DigitNormalizer.Normalize(image);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Finds all digits in an image.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="inversion">Whether to invert the image.</param>
    public static IReadOnlyList<FoundDigit> FindEach(ReadOnlySpan<byte> file, Inversion inversion = Inversion.Auto)
    {
        DigitImage image = Fit(file, inversion);
        using SKBitmap bitmap = SKBitmap.Decode(file);
        return [new FoundDigit(image, new ImageBox(0, 0, bitmap.Width, bitmap.Height))];
    }
}
