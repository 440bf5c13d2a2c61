using SkiaSharp;

namespace RnnService.Benchmarks.Reading.Photos;

/// <summary>Lights a scene, and photographs it: blur, the noise of the sensor, and the loss of the file format.</summary>
internal static class Camera
{
    // The noise of a larger photograph does not fit into a PNG that the service accepts.
    private const int MaxPngPixels = 8_000_000;

    public static (byte[] File, string Description) Photograph(SKBitmap scene, Random random)
    {
        Lighting lighting = new(random);
        double shorter = Math.Min(scene.Width, scene.Height);
        float blur = (float)(random.Between(0, 0.8) * Math.Max(1, shorter / 1000));
        double noise = random.Between(0.5, 7);
        using SKBitmap sharp = scene.Copy();
        using SKBitmap blurred = Blur(sharp, blur);
        Expose(blurred, lighting, noise, random);
        int quality = random.Next(40, 96);
        bool isSmall = scene.Width * scene.Height <= MaxPngPixels;
        SKEncodedImageFormat format = random.Next(10) switch { 0 when isSmall => SKEncodedImageFormat.Png, 1 => SKEncodedImageFormat.Webp, _ => SKEncodedImageFormat.Jpeg };
        using SKData data = blurred.Encode(format, quality);
        return (data.ToArray(), $"{scene.Width}×{scene.Height} {format} {quality}, blur {blur:F1}, noise {noise:F1}, {lighting.Description}");
    }

    private static SKBitmap Blur(SKBitmap bitmap, float sigma)
    {
        SKBitmap blurred = new(bitmap.Info);
        using SKCanvas canvas = new(blurred);
        using SKImageFilter? filter = sigma > 0.1f ? SKImageFilter.CreateBlur(sigma, sigma, SKShaderTileMode.Clamp) : null;
        using SKPaint paint = new() { ImageFilter = filter };
        canvas.DrawBitmap(bitmap, 0, 0, SKSamplingOptions.Default, paint);
        return blurred;
    }

    private static void Expose(SKBitmap bitmap, Lighting lighting, double noise, Random random)
    {
        Span<byte> pixels = bitmap.GetPixelSpan();
        for (int y = 0; y < bitmap.Height; y++)
        {
            for (int x = 0; x < bitmap.Width; x++)
            {
                Span<byte> pixel = pixels.Slice(((y * bitmap.Width) + x) * 4, 3);
                double light = lighting.At(((x + 0.5) / bitmap.Width) - 0.5, ((y + 0.5) / bitmap.Height) - 0.5);
                double shared = (random.NextDouble() + random.NextDouble() - 1) * 2.0 * noise;
                foreach (ref byte channel in pixel)
                {
                    channel = (byte)Math.Clamp((channel * light) + shared + ((random.NextDouble() - 0.5) * noise), 0, 255);
                }
            }
        }
    }
}
