using SkiaSharp;

namespace RnnService.Model.Images;

/// <summary>The ink of an image file, and how to find it in the displayed image.</summary>
/// <param name="ink">The ink, at the size of <see cref="PhotoScale"/>.</param>
/// <param name="width">Width of the displayed image in pixels.</param>
/// <param name="height">Height of the displayed image in pixels.</param>
internal readonly ref struct InkImage(InkMap ink, int width, int height)
{
    /// <summary>The ink, at the size of <see cref="PhotoScale"/>.</summary>
    public InkMap Ink { get; } = ink;

    /// <summary>Decodes a file and removes its background.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="inversion">Whether the ink is dark (inverted), light (not inverted), or to be detected.</param>
    /// <param name="planes">Memory for all steps.</param>
    /// <exception cref="InvalidImageException">The file cannot be decoded, or the image is blank.</exception>
    public static unsafe InkImage Read(ReadOnlySpan<byte> file, Inversion inversion, PooledPlanes planes)
    {
        fixed (byte* first = file)
        {
            using SKData data = SKData.Create((nint)first, file.Length);
            using SKCodec codec = ImageFile.Open(file, data);
            ColorImage color = PhotoDecoder.Decode(codec, planes);
            if (codec.Info.AlphaType != SKAlphaType.Opaque)
            {
                color.MakeOpaque();
            }

            GrayImage gray = new(color.Width, color.Height, color.Rgba[..(color.Width * color.Height)]);
            InkAxis.Of(color).Project(color, gray.Pixels);
            ImageOrientation orientation = new(codec.EncodedOrigin);
            InkMap ink = BackgroundRemoval.Remove(orientation.Apply(gray, planes), inversion, planes);
            (int width, int height) = orientation.Size(codec.Info.Width, codec.Info.Height);
            return new InkImage(ink, width, height);
        }
    }

    /// <summary>The same box in the displayed image.</summary>
    public ImageBox InPixels(InkBox box)
    {
        (double scaleX, double scaleY) = ((double)width / Ink.Contrast.Width, (double)height / Ink.Contrast.Height);
        (int left, int top) = ((int)(box.Left * scaleX), (int)(box.Top * scaleY));
        (int right, int bottom) = (Math.Min(width, (int)Math.Ceiling(box.Right * scaleX)), Math.Min(height, (int)Math.Ceiling(box.Bottom * scaleY)));
        return new ImageBox(left, top, Math.Max(1, right - left), Math.Max(1, bottom - top));
    }
}
