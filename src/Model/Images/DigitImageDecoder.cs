namespace RnnService.Model.Images;

/// <summary>
/// Reads a PNG of any colour type, bit depth and interlacing as a digit. An 8-bit grayscale picture of 28×28 keeps exactly its bytes:
/// gamma and colour profiles are not applied. Other pictures are reduced to 8 bits of luma (ITU-R BT.601).
/// </summary>
public static class DigitImageDecoder
{
    /// <summary>The most pixels that a side of a picture to be fitted may have.</summary>
    public const int MaxSide = 2048;

    /// <summary>Decodes a 28×28 PNG.</summary>
    /// <param name="png">The whole file.</param>
    /// <param name="inversion">Whether dark and light change places.</param>
    /// <exception cref="InvalidImageException">The bytes are not a sound 28×28 PNG. A wrong size is seen before any pixel is decoded.</exception>
    public static DigitImage Decode(ReadOnlySpan<byte> png, Inversion inversion = Inversion.Auto)
    {
        PngHeader header = PngHeader.Read(png);
        return header is { Width: DigitImage.Side, Height: DigitImage.Side }
            ? new DigitImage(PictureDecoder.Decode(png, header).WithLightInk(inversion, GrayPicture.Bright).Pixels)
            : throw new InvalidImageException(ImageFault.WrongSize, $"The picture is {header.Width}×{header.Height}. Scale it to 28×28, as MNIST's digits are, or ask with fit=true to have that done.");
    }

    /// <summary>Decodes a PNG of any size and makes of what it shows a digit as MNIST's are: <see cref="DigitNormalizer"/>.</summary>
    /// <param name="png">The whole file.</param>
    /// <param name="inversion">Whether dark and light change places.</param>
    /// <exception cref="InvalidImageException">The bytes are not a sound PNG, it shows nothing, or a side has more than 2,048 pixels, which is seen before any is decoded.</exception>
    public static DigitImage Fit(ReadOnlySpan<byte> png, Inversion inversion = Inversion.Auto)
    {
        PngHeader header = PngHeader.Read(png);
        if (header is not { Width: <= MaxSide, Height: <= MaxSide })
        {
            throw new InvalidImageException(ImageFault.WrongSize, $"The picture is {header.Width}×{header.Height}. Scale it to {MaxSide}×{MaxSide} or less.");
        }

        // Paper in the shade may be darker than half of white, but it is lighter than its ink.
        GrayPicture picture = PictureDecoder.Decode(png, header);
        return DigitNormalizer.Normalize(picture.WithLightInk(inversion, picture.Middle));
    }
}
