namespace RnnService.Testing;

/// <summary>A grayscale image of any size, onto which digits are pasted.</summary>
/// <param name="width">The width in pixels.</param>
/// <param name="height">The height in pixels.</param>
/// <param name="background">The initial gray value of every pixel.</param>
public sealed class Canvas(int width, int height, byte background = 0)
{
    private readonly byte[] pixels = [.. Enumerable.Repeat(background, width * height)];

    /// <summary>Pastes a 28×28 digit, scaled with bilinear interpolation: 0 maps to the background, 255 to the ink.</summary>
    public Canvas Paste(ReadOnlySpan<byte> digit, int left, int top, double scale = 1, byte ink = 255)
    {
        int side = (int)Math.Round(28 * scale);
        for (int y = 0; y < side; y++)
        {
            for (int x = 0; x < side; x++)
            {
                double value = Interpolate(digit, ((x + 0.5) / scale) - 0.5, ((y + 0.5) / scale) - 0.5) / 255;
                pixels[((top + y) * width) + left + x] = (byte)Math.Round(background + (value * (ink - background)));
            }
        }

        return this;
    }

    public byte[] ToPng() => PngWriter.Gray(pixels, width, height);

    private static double Interpolate(ReadOnlySpan<byte> digit, double x, double y)
    {
        (int left, int top) = ((int)Math.Floor(x), (int)Math.Floor(y));
        (double right, double lower) = (x - left, y - top);
        double above = (At(digit, left, top) * (1 - right)) + (At(digit, left + 1, top) * right);
        double below = (At(digit, left, top + 1) * (1 - right)) + (At(digit, left + 1, top + 1) * right);
        return (above * (1 - lower)) + (below * lower);
    }

    private static byte At(ReadOnlySpan<byte> digit, int x, int y) => x is >= 0 and < 28 && y is >= 0 and < 28 ? digit[(y * 28) + x] : (byte)0;
}
