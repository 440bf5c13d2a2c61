namespace RnnService.Model.Images;

/// <summary>
/// Normalizes a digit the way MNIST was made: the bounding box of the ink is scaled to 20×20 pixels with its aspect ratio preserved, and placed in 28×28 pixels
/// with the center of mass of the ink at the center. Source: LeCun, Cortes and Burges, "The MNIST database of handwritten digits".
/// </summary>
internal static class DigitNormalizer
{
    private const int BoxSide = 20;

    /// <summary>Normalizes a digit.</summary>
    /// <param name="ink">The digit's ink: light on black. Its contrast is full.</param>
    /// <param name="inkLevel">Darker pixels are the fading edge of a stroke, outside of the bounding box.</param>
    public static DigitImage Normalize(GrayImage ink, int inkLevel)
    {
        // Scaling down averages pixels, which fades thin lines. Stretch the contrast again.
        GrayImage digit = Scale(ink, BoundingBox(ink, inkLevel));
        Stretch(digit);
        return new DigitImage(Center(digit));
    }

    private static void Stretch(GrayImage image)
    {
        int lightest = Math.Max(1, (int)image.Range().Lightest);
        foreach (ref byte pixel in image.Pixels)
        {
            pixel = (byte)(pixel * byte.MaxValue / lightest);
        }
    }

    private static InkBox BoundingBox(GrayImage ink, int inkLevel)
    {
        InkBox box = InkBox.Empty;
        for (int y = 0; y < ink.Height; y++)
        {
            ReadOnlySpan<byte> row = ink.Pixels.Slice(y * ink.Width, ink.Width);
            int first = row.IndexOfAnyInRange((byte)inkLevel, byte.MaxValue);
            if (first >= 0)
            {
                box = box.Union(new InkBox(first, y, row.LastIndexOfAnyInRange((byte)inkLevel, byte.MaxValue) + 1, y + 1));
            }
        }

        return box;
    }

    /// <summary>Scales the box so that its longer side has 20 pixels.</summary>
    private static GrayImage Scale(GrayImage ink, InkBox box)
    {
        double scale = (double)BoxSide / box.Side;
        int width = Math.Max(1, (int)Math.Round(box.Width * scale));
        int height = Math.Max(1, (int)Math.Round(box.Height * scale));
        TriangleFilter columns = new(box.Left, box.Width, width);
        TriangleFilter rows = new(box.Top, box.Height, height);
        byte[] pixels = new byte[width * height];
        double[] row = new double[ink.Width];
        for (int y = 0; y < height; y++)
        {
            rows.ResampleRow(y, ink.Pixels, ink.Width, row);
            for (int x = 0; x < width; x++)
            {
                pixels[(y * width) + x] = (byte)Math.Clamp(Math.Round(columns.Resample(x, row)), 0, byte.MaxValue);
            }
        }

        return new GrayImage(width, height, pixels);
    }

    private static byte[] Center(GrayImage digit)
    {
        double mass = 0, massX = 0, massY = 0;
        for (int i = 0; i < digit.Pixels.Length; i++)
        {
            (int y, int x) = Math.DivRem(i, digit.Width);
            (mass, massX, massY) = (mass + digit.Pixels[i], massX + (digit.Pixels[i] * x), massY + (digit.Pixels[i] * y));
        }

        int left = Offset(massX / mass, digit.Width);
        int top = Offset(massY / mass, digit.Height);
        byte[] pixels = new byte[DigitImage.PixelCount];
        for (int y = 0; y < digit.Height; y++)
        {
            digit.Pixels.Slice(y * digit.Width, digit.Width).CopyTo(pixels.AsSpan(((top + y) * DigitImage.Side) + left));
        }

        return pixels;
    }

    /// <summary>The digit's position at which its center of mass is at the center of the image, limited so that the digit stays inside.</summary>
    private static int Offset(double center, int size) => Math.Clamp((int)Math.Round((DigitImage.Side / 2.0) - center), 0, DigitImage.Side - size);
}
