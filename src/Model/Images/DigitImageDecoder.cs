namespace RnnService.Model.Images;

/// <summary>
/// Decodes images of digits. An exact image, a PNG of 28×28, is decoded with any color type, bit depth and interlacing method; the pixels of an 8-bit grayscale image are
/// used unchanged: gamma and color profiles are ignored. Other images are PNGs, JPEGs or WebPs of any size, such as photographs, in which the digit is found first.
/// </summary>
public static class DigitImageDecoder
{
    /// <summary>Maximum size of a file for <see cref="Fit"/> and <see cref="FindEach"/>, in bytes.</summary>
    public const int MaxBytes = 20_000_000;

    /// <summary>Maximum number of pixels of an image for <see cref="Fit"/> and <see cref="FindEach"/>.</summary>
    public const int MaxPixels = 50_000_000;

    /// <summary>Maximum number of pixels of an interlaced PNG, a JPEG with several scans (progressive) or a lossless WebP, which cannot be scaled while it is decoded.</summary>
    public const int MaxWholePixels = 16_000_000;

    /// <summary>Maximum number of digits that <see cref="FindEach"/> finds in an image.</summary>
    public const int MaxDigits = 256;

    /// <summary>Whether a file begins like an exact image, a PNG of 28×28, which <see cref="Decode"/> decodes.</summary>
    /// <param name="start">The first bytes of the file, at least 24; fewer are not an exact image.</param>
    public static bool IsExact(ReadOnlySpan<byte> start) => PngHeader.TryRead(start) is { Width: DigitImage.Side, Height: DigitImage.Side };

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
        image.MakeInkLight(inversion);
        return new DigitImage(image.Pixels);
    }

    /// <summary>Finds the digit in an image and normalizes it the way MNIST was made: see <see cref="DigitNormalizer"/>.</summary>
    /// <param name="file">A whole PNG, JPEG or WebP of at most <see cref="MaxBytes"/> and <see cref="MaxPixels"/>. It takes at most about 220 MB of memory, or 100 MB if the file is scaled while it is decoded.</param>
    /// <param name="inversion">Whether the ink is dark, so that the image is inverted.</param>
    /// <exception cref="InvalidImageException">The file is invalid, damaged or too large, or the image is blank. The size is checked before the pixels are decoded.</exception>
    public static DigitImage Fit(ReadOnlySpan<byte> file, Inversion inversion = Inversion.Auto) => FitLargest(file, inversion).Image;

    /// <summary>Finds the digit with the most ink in an image, normalizes it like <see cref="Fit"/>, and counts all digits.</summary>
    /// <param name="file">A whole PNG, JPEG or WebP of at most <see cref="MaxBytes"/> and <see cref="MaxPixels"/>. It takes at most about 220 MB of memory, or 100 MB if the file is scaled while it is decoded.</param>
    /// <param name="inversion">Whether the ink is dark, so that the image is inverted.</param>
    /// <exception cref="InvalidImageException">The file is invalid, damaged or too large, or the image is blank. The size is checked before the pixels are decoded.</exception>
    public static FittedDigit FitLargest(ReadOnlySpan<byte> file, Inversion inversion = Inversion.Auto)
    {
        using PooledPlanes planes = new();
        InkMap ink = InkImage.Read(file, inversion, planes).Ink;
        List<DigitGroup> digits = InkDigits.Find(ink);
        return new FittedDigit(InkDigits.Normalize(ink, InkDigits.Largest(ink, digits), planes), digits.Count);
    }

    /// <summary>Finds all digits in an image.</summary>
    /// <param name="file">A whole PNG, JPEG or WebP of at most <see cref="MaxBytes"/> and <see cref="MaxPixels"/>. It takes at most about 220 MB of memory, or 100 MB if the file is scaled while it is decoded.</param>
    /// <param name="inversion">Whether the ink is dark, so that the image is inverted.</param>
    /// <returns>The digits as they are read: lines from top to bottom, and each from left to right. At least one.</returns>
    /// <exception cref="InvalidImageException">
    /// The file is invalid, damaged or too large, or the image is blank or has more than <see cref="MaxDigits"/> digits. The size is checked before the pixels are decoded.
    /// </exception>
    public static IReadOnlyList<FoundDigit> FindEach(ReadOnlySpan<byte> file, Inversion inversion = Inversion.Auto)
    {
        using PooledPlanes planes = new();
        InkImage image = InkImage.Read(file, inversion, planes);
        List<DigitGroup> digits = InkDigits.Find(image.Ink);
        if (digits.Count > MaxDigits)
        {
            throw new InvalidImageException(ImageFault.TooManyDigits, $"The image has more than {MaxDigits} digits.");
        }

        List<FoundDigit> found = [];
        foreach (DigitGroup digit in ReadingLines.Order(digits))
        {
            found.Add(new FoundDigit(InkDigits.Normalize(image.Ink, digit, planes), image.InPixels(digit.Box)));
        }

        return found.Count > 0 ? found : throw InkMap.Blank();
    }
}
