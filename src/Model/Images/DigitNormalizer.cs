namespace RnnService.Model.Images;

/// <summary>
/// Makes of a picture a digit as MNIST's are: the ink's box is scaled, as it is, into 20×20 pixels, and put into 28×28 so that the ink's centre of mass is
/// in the middle. Source: LeCun, Cortes and Burges, "The MNIST database of handwritten digits".
/// </summary>
internal static class DigitNormalizer
{
    private const int BoxSide = 20;

    // In 256ths between the ground and the lightest pixel: what is darker is the ground's grain, or an edge's last trace.
    private const int InkLevel = 24;

    // A picture that is flatter than that shows nothing.
    private const int LeastContrast = 32;

    /// <summary>Normalises a picture with light ink on a dark ground.</summary>
    /// <param name="picture">Any size.</param>
    /// <exception cref="InvalidImageException">It shows nothing.</exception>
    public static DigitImage Normalize(GrayPicture picture)
    {
        GrayPicture ink = Stretch(picture, Ground(picture), LeastContrast);

        // To scale down is to take means, in which a thin line fades.
        GrayPicture digit = Stretch(Scale(ink, InkBox(ink)), ground: 0, leastContrast: 1);
        return new DigitImage(Centre(digit));
    }

    /// <summary>From 0 for the ground to 255 for the lightest ink.</summary>
    private static GrayPicture Stretch(GrayPicture picture, int ground, int leastContrast)
    {
        int contrast = picture.Pixels.Max() - ground;
        return contrast < leastContrast
            ? throw new InvalidImageException(ImageFault.Blank, "The picture shows nothing: there is no ink that differs from the ground round it. Draw or photograph one digit, dark on light or light on dark.")
            : picture with { Pixels = Array.ConvertAll(picture.Pixels, pixel => (byte)(Math.Max(0, pixel - ground) * byte.MaxValue / contrast)) };
    }

    /// <summary>The border's median: ink may touch it, but seldom covers half of it.</summary>
    private static int Ground(GrayPicture picture)
    {
        byte[] border = picture.Border();
        Array.Sort(border);
        return border[border.Length / 2];
    }

    private static (int Left, int Top, int Width, int Height) InkBox(GrayPicture ink)
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

    /// <summary>The box scaled until its longer side has 20 pixels.</summary>
    private static GrayPicture Scale(GrayPicture ink, (int Left, int Top, int Width, int Height) box)
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
            rows.Mix(y, ink.Pixels, ink.Width, row);
            for (int x = 0; x < width; x++)
            {
                pixels[(y * width) + x] = (byte)Math.Clamp(Math.Round(columns.Mix(x, row)), 0, byte.MaxValue);
            }
        }

        return new GrayPicture(width, height, pixels);
    }

    private static byte[] Centre(GrayPicture digit)
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
            digit.Pixels.AsSpan(y * digit.Width, digit.Width).CopyTo(pixels.AsSpan(((top + y) * DigitImage.Side) + left));
        }

        return pixels;
    }

    /// <summary>How far the digit moves for its centre to be in the middle; no ink is pushed over the edge.</summary>
    private static int Offset(double centre, int size) => Math.Clamp((int)Math.Round((DigitImage.Side / 2.0) - centre), 0, DigitImage.Side - size);
}
