namespace RnnService.Model.Images;

/// <summary>
/// Normalizes an image the way MNIST was made: the bounding box of the ink is scaled to 20×20 pixels with its aspect ratio preserved, and placed in 28×28 pixels
/// with the center of mass of the ink at the center. Source: LeCun, Cortes and Burges, "The MNIST database of handwritten digits".
/// </summary>
internal static class DigitNormalizer
{
    private const int BoxSide = 20;

    // Relative to a range from 0 (background) to 255 (lightest pixel). Darker pixels are background noise or the fading edge of a stroke.
    private const int InkLevel = 24;

    // An image with less contrast, in gray levels, is blank.
    private const int MinContrast = 32;

    /// <summary>Normalizes an image with light ink on a dark background.</summary>
    /// <param name="image">The image, of any size. Its contrast is stretched in place.</param>
    /// <exception cref="InvalidImageException">The image is blank.</exception>
    public static DigitImage Normalize(GrayImage image)
    {
        Stretch(image, Background(image), MinContrast);

        // Scaling down averages pixels, which fades thin lines. Stretch the contrast again.
        GrayImage digit = Scale(image, BoundingBox(image));
        Stretch(digit, background: 0, minContrast: 1);
        return new DigitImage(Center(digit));
    }

    /// <summary>Stretches the contrast to the range from 0 (background) to 255 (lightest ink).</summary>
    private static void Stretch(GrayImage image, int background, int minContrast)
    {
        int contrast = image.Range().Lightest - background;
        if (contrast < minContrast)
        {
            throw new InvalidImageException(ImageFault.Blank, "The image is blank: no ink stands out from its background.");
        }

        foreach (ref byte pixel in image.Pixels)
        {
            pixel = (byte)(Math.Max(0, pixel - background) * byte.MaxValue / contrast);
        }
    }

    /// <summary>The median of the border: ink can touch the border, but rarely covers half of it.</summary>
    private static int Background(GrayImage image)
    {
        byte[] border = image.Border();
        Array.Sort(border);
        return border[border.Length / 2];
    }

    private static (int Left, int Top, int Width, int Height) BoundingBox(GrayImage ink)
    {
        (int left, int top, int right, int bottom) = (ink.Width, ink.Height, -1, -1);
        for (int i = 0; i < ink.Pixels.Length; i++)
        {
            if (ink.Pixels[i] >= InkLevel)
            {
                (int y, int x) = Math.DivRem(i, ink.Width);
                (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x), Math.Max(bottom, y));
            }
        }

        return (left, top, right - left + 1, bottom - top + 1);
    }

    /// <summary>Scales the box so that its longer side has 20 pixels.</summary>
    private static GrayImage Scale(GrayImage ink, (int Left, int Top, int Width, int Height) box)
    {
        double scale = (double)BoxSide / Math.Max(box.Width, box.Height);
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
