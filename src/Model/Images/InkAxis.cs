namespace RnnService.Model.Images;

/// <summary>
/// The direction in color space in which the ink differs from its background, so that colored ink is as visible as black ink: the principal axis of the differences from the mean
/// of the surroundings, in which large differences count more. Gray values remain unchanged, whatever the axis.
/// </summary>
internal readonly record struct InkAxis
{
    /// <summary>The side of the surroundings, in sampled pixels.</summary>
    private const int Tile = 12;

    private const int Iterations = 24;

    // Of the axis's length: light and shadow remain visible, even if printed lines differ from the paper in color only.
    private const double MinWeight = 0.15;

    private const int One = 1 << 16;

    private readonly int red, green, blue;

    private InkAxis(int red, int green, int blue) => (this.red, this.green, this.blue) = (red, green, blue);

    /// <summary>Finds the axis of an opaque image.</summary>
    public static InkAxis Of(ColorImage image)
    {
        int step = Math.Max(1, Math.Max(image.Width, image.Height) / 200);
        Span<double> covariance = stackalloc double[6];
        for (int top = 0; top < image.Height; top += Tile * step)
        {
            for (int left = 0; left < image.Width; left += Tile * step)
            {
                AddTile(image, left, top, step, covariance);
            }
        }

        return FromCovariance(covariance);
    }

    /// <summary>Projects an opaque image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="gray">Receives [height, width] bytes. May be the first part of the image's own pixels.</param>
    public void Project(ColorImage image, Span<byte> gray)
    {
        ReadOnlySpan<byte> rgba = image.Rgba;
        for (int i = 0; i < gray.Length; i++)
        {
            ReadOnlySpan<byte> pixel = rgba.Slice(i * ColorImage.Channels, 3);
            gray[i] = (byte)(((red * pixel[0]) + (green * pixel[1]) + (blue * pixel[2]) + (One / 2)) >> 16);
        }
    }

    private static void AddTile(ColorImage image, int left, int top, int step, Span<double> covariance)
    {
        (int right, int bottom) = (Math.Min(image.Width, left + (Tile * step)), Math.Min(image.Height, top + (Tile * step)));
        (long red, long green, long blue, int count) = (0, 0, 0, 0);
        for (int y = top; y < bottom; y += step)
        {
            for (int x = left; x < right; x += step)
            {
                ReadOnlySpan<byte> pixel = image.Rgba.Slice(((y * image.Width) + x) * ColorImage.Channels, 3);
                (red, green, blue, count) = (red + pixel[0], green + pixel[1], blue + pixel[2], count + 1);
            }
        }

        (double meanRed, double meanGreen, double meanBlue) = ((double)red / count, (double)green / count, (double)blue / count);
        for (int y = top; y < bottom; y += step)
        {
            for (int x = left; x < right; x += step)
            {
                ReadOnlySpan<byte> pixel = image.Rgba.Slice(((y * image.Width) + x) * ColorImage.Channels, 3);
                (double r, double g, double b) = (pixel[0] - meanRed, pixel[1] - meanGreen, pixel[2] - meanBlue);
                double weight = (r * r) + (g * g) + (b * b);
                covariance[0] += weight * r * r;
                covariance[1] += weight * r * g;
                covariance[2] += weight * r * b;
                covariance[3] += weight * g * g;
                covariance[4] += weight * g * b;
                covariance[5] += weight * b * b;
            }
        }
    }

    /// <summary>The principal axis, by power iteration from gray.</summary>
    private static InkAxis FromCovariance(ReadOnlySpan<double> c)
    {
        (double r, double g, double b) = (1, 1, 1);
        for (int i = 0; i < Iterations; i++)
        {
            (double nextR, double nextG, double nextB) = ((c[0] * r) + (c[1] * g) + (c[2] * b), (c[1] * r) + (c[3] * g) + (c[4] * b), (c[2] * r) + (c[4] * g) + (c[5] * b));
            double length = Math.Sqrt((nextR * nextR) + (nextG * nextG) + (nextB * nextB));
            if (length == 0)
            {
                break;
            }

            (r, g, b) = (nextR / length, nextG / length, nextB / length);
        }

        double sign = r + g + b < 0 ? -1 : 1, least = MinWeight * Math.Sqrt((r * r) + (g * g) + (b * b));
        (r, g, b) = (Math.Max(least, sign * r), Math.Max(least, sign * g), Math.Max(least, sign * b));
        double one = One / (r + g + b);
        (int red, int blue) = ((int)(one * r), (int)(one * b));
        return new InkAxis(red, One - red - blue, blue);
    }
}
