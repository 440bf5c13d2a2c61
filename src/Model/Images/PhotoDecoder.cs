using SkiaSharp;

namespace RnnService.Model.Images;

/// <summary>Decodes a PNG, JPEG or WebP at the size of <see cref="PhotoScale"/>, scaled while it is decoded.</summary>
internal static class PhotoDecoder
{
    /// <summary>Pixels of a PNG that are decoded at once, 4 bytes each.</summary>
    private const int MaxStripPixels = 16_000_000;

    /// <summary>Decodes an image.</summary>
    /// <param name="codec">Skia's decoder of the file.</param>
    /// <param name="planes">Memory for the pixels.</param>
    /// <exception cref="InvalidImageException">The file is damaged or truncated.</exception>
    public static ColorImage Decode(SKCodec codec, PooledPlanes planes)
    {
        (int width, int height) = (codec.Info.Width, codec.Info.Height);
        int factor = PhotoScale.Factor(width, height);
        if (factor > 1 && codec.EncodedFormat == SKEncodedImageFormat.Png)
        {
            return DecodeStrips(codec, factor, planes);
        }

        SKSizeI size = codec.EncodedFormat switch
        {
            SKEncodedImageFormat.Jpeg => codec.GetScaledDimensions(PhotoScale.Eighths(width, height)),
            _ => codec.GetScaledDimensions(1f / factor),
        };
        SKImageInfo info = Info(size.Width, size.Height);
        Span<byte> rgba = planes.Rent(info.BytesSize);
        unsafe
        {
            fixed (byte* first = rgba)
            {
                ThrowUnlessDecoded(codec.GetPixels(info, (nint)first));
            }
        }

        return new ColorImage(size.Width, size.Height, rgba);
    }

    /// <summary>
    /// Decodes a PNG in strips of rows and averages blocks of pixels, because Skia cannot scale PNGs. Each strip is decoded from the start of the file, so there are few.
    /// </summary>
    private static unsafe ColorImage DecodeStrips(SKCodec codec, int factor, PooledPlanes planes)
    {
        (int width, int height) = (codec.Info.Width, codec.Info.Height);
        (int targetWidth, int targetHeight) = ((width + factor - 1) / factor, (height + factor - 1) / factor);
        SKImageInfo info = Info(width, height);
        int strip = Math.Clamp(MaxStripPixels / width, 1, height);
        Span<byte> rgba = planes.Rent(targetWidth * targetHeight * ColorImage.Channels);
        Span<byte> rows = planes.Rent(strip * info.RowBytes);
        BlockMean mean = new(width, factor);
        int written = 0;
        fixed (byte* first = rows)
        {
            for (int top = 0; top < height; top += strip)
            {
                int count = Math.Min(strip, height - top);
                SKCodecOptions options = new(new SKRectI(0, top, width, top + count));
                ThrowUnlessDecoded(count == height ? codec.GetPixels(info, (nint)first) : DecodeStrip(codec, info, (nint)first, options));
                written += mean.Add(rows[..(count * info.RowBytes)], rgba[(written * targetWidth * ColorImage.Channels)..], top + count == height);
            }
        }

        return new ColorImage(targetWidth, targetHeight, rgba);
    }

    private static SKCodecResult DecodeStrip(SKCodec codec, SKImageInfo info, nint pixels, SKCodecOptions options)
    {
        SKCodecResult started = codec.StartIncrementalDecode(info, pixels, info.RowBytes, options);
        return started == SKCodecResult.Success ? codec.IncrementalDecode() : started;
    }

    private static void ThrowUnlessDecoded(SKCodecResult result)
    {
        if (result != SKCodecResult.Success)
        {
            throw ImageFile.Broken();
        }
    }

    // Without a color space, Skia does not convert colors, and grayscale values remain unchanged.
    private static SKImageInfo Info(int width, int height) => new(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
}
