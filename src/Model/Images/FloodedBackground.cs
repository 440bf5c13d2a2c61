using System.Runtime.InteropServices;

namespace RnnService.Model.Images;

/// <summary>
/// The background as seen from the border: each pixel's level is that of the lightest pixel that must be crossed to get there from the border. Shadows reach the border and belong to
/// the background; a digit does not, and is filled. What touches the border and is narrow, such as a stroke, is filled too.
/// </summary>
internal static class FloodedBackground
{
    // Of the border's length: what is wider at the border is a shadow.
    private const double Narrow = 0.03;

    private const int Unreached = -2;

    /// <summary>Floods an image with dark ink, from its border, in order of lightness.</summary>
    public static GrayImage Of(GrayImage image, PooledPlanes planes)
    {
        GrayImage flooded = new(image.Width, image.Height, planes.Rent(image.Pixels.Length));
        Span<int> next = MemoryMarshal.Cast<byte, int>(planes.Rent(image.Pixels.Length * sizeof(int)));
        Span<int> heads = stackalloc int[256];
        heads.Fill(-1);
        next.Fill(Unreached);
        Queue queue = new(heads, next, flooded.Pixels);
        AddBorder(image, queue, planes);
        for (int level = 0; level < heads.Length; level++)
        {
            while (heads[level] >= 0)
            {
                int at = heads[level];
                heads[level] = next[at];
                (int y, int x) = Math.DivRem(at, image.Width);
                if (x > 0)
                {
                    queue.Add(at - 1, Math.Max(level, image.Pixels[at - 1]));
                }

                if (x < image.Width - 1)
                {
                    queue.Add(at + 1, Math.Max(level, image.Pixels[at + 1]));
                }

                if (y > 0)
                {
                    queue.Add(at - image.Width, Math.Max(level, image.Pixels[at - image.Width]));
                }

                if (y < image.Height - 1)
                {
                    queue.Add(at + image.Width, Math.Max(level, image.Pixels[at + image.Width]));
                }
            }
        }

        return flooded;
    }

    private static void AddBorder(GrayImage image, Queue queue, PooledPlanes planes)
    {
        (int width, int height) = (image.Width, image.Height);
        Span<byte> line = planes.Rent(Math.Max(width, height));
        foreach (int y in (ReadOnlySpan<int>)[0, height - 1])
        {
            AddLine(image, y * width, 1, line[..width], queue, planes);
        }

        foreach (int x in (ReadOnlySpan<int>)[0, width - 1])
        {
            AddLine(image, x, width, line[..height], queue, planes);
        }
    }

    private static void AddLine(GrayImage image, int start, int step, Span<byte> line, Queue queue, PooledPlanes planes)
    {
        for (int i = 0; i < line.Length; i++)
        {
            line[i] = image.Pixels[start + (i * step)];
        }

        GrayImage closed = Morphology.Close(new GrayImage(line.Length, 1, line), Math.Max(1, (int)(Narrow * line.Length)), planes);
        for (int i = 0; i < line.Length; i++)
        {
            queue.Add(start + (i * step), closed.Pixels[i]);
        }
    }

    /// <summary>A stack of pixels for each level.</summary>
    private readonly ref struct Queue(Span<int> heads, Span<int> next, Span<byte> levels)
    {
        private readonly Span<int> heads = heads, next = next;
        private readonly Span<byte> levels = levels;

        public void Add(int pixel, int level)
        {
            if (next[pixel] == Unreached)
            {
                levels[pixel] = (byte)level;
                next[pixel] = heads[level];
                heads[level] = pixel;
            }
        }
    }
}
