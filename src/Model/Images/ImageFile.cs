using SkiaSharp;

namespace RnnService.Model.Images;

/// <summary>A PNG, JPEG or WebP that was checked before its pixels are decoded.</summary>
internal static class ImageFile
{
    /// <summary>Opens a file.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="data">The same file, in memory that does not move.</param>
    /// <exception cref="InvalidImageException">The file is empty, has another format, is damaged or truncated, or has too many bytes or pixels.</exception>
    public static SKCodec Open(ReadOnlySpan<byte> file, SKData data)
    {
        ImageFormat format = ImageSignature.Read(file);
        if (file.Length > DigitImageDecoder.MaxBytes)
        {
            throw new InvalidImageException(ImageFault.WrongSize, $"The file has {file.Length:N0} bytes, but it must have at most {DigitImageDecoder.MaxBytes:N0}.");
        }

        if (format == ImageFormat.Png)
        {
            CheckPng(file);
        }

        SKCodec codec = SKCodec.Create(data) ?? throw Broken();
        try
        {
            if (format != ImageFormat.Png)
            {
                CheckSize(codec.Info.Width, codec.Info.Height, IsDecodedWhole(file, format));
            }

            return codec;
        }
        catch
        {
            codec.Dispose();
            throw;
        }
    }

    /// <summary>The exception for a file that cannot be decoded.</summary>
    public static InvalidImageException Broken() => new(ImageFault.Broken, "The image is damaged or truncated: its pixels cannot be decoded. Save the image again.");

    private static void CheckPng(ReadOnlySpan<byte> png)
    {
        PngHeader header = PngHeader.Read(png);
        CheckSize(header.Width, header.Height, header.IsInterlaced);
        PngHeader.ThrowIfTruncated(png);
    }

    private static void CheckSize(long width, long height, bool isDecodedWhole)
    {
        if (width > DigitImageDecoder.MaxPixels / height)
        {
            throw new InvalidImageException(
                ImageFault.WrongSize, $"The image is {width}×{height}, but it must have at most {DigitImageDecoder.MaxPixels / 1_000_000} megapixels.");
        }

        if (isDecodedWhole && width * height > DigitImageDecoder.MaxWholePixels)
        {
            throw new InvalidImageException(
                ImageFault.WrongSize,
                $"The image is {width}×{height}, but an interlaced PNG, a JPEG with several scans (progressive) or a lossless WebP, which cannot be scaled while it is decoded, "
                + $"must have at most {DigitImageDecoder.MaxWholePixels / 1_000_000} megapixels.");
        }
    }

    /// <summary>Whether the decoder needs memory for all pixels at once: a JPEG with several scans or a lossless WebP.</summary>
    private static bool IsDecodedWhole(ReadOnlySpan<byte> file, ImageFormat format) =>
        format == ImageFormat.Jpeg ? JpegFrame.HasSeveralScans(file) : WebpChunks.IsLossless(file);
}
