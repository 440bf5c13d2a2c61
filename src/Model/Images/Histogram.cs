namespace RnnService.Model.Images;

/// <summary>How many pixels of an image have each of the 256 levels.</summary>
internal static class Histogram
{
    /// <summary>Number of levels.</summary>
    public const int Levels = 256;

    /// <summary>Counts the pixels of an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="counts">[256]; receives the number of pixels of each level.</param>
    public static void Count(GrayImage image, Span<int> counts)
    {
        // Two tables, used alternately: an increment waits for the previous one of the same count, and neighboring pixels often have the same level.
        Span<int> others = stackalloc int[Levels];
        counts.Clear();
        others.Clear();
        ReadOnlySpan<byte> pixels = image.Pixels;
        for (int i = 1; i < pixels.Length; i += 2)
        {
            counts[pixels[i - 1]]++;
            others[pixels[i]]++;
        }

        Add(pixels[(pixels.Length / 2 * 2)..], counts);
        for (int level = 0; level < Levels; level++)
        {
            counts[level] += others[level];
        }
    }

    /// <summary>Counts further pixels.</summary>
    /// <param name="pixels">The pixels.</param>
    /// <param name="counts">[256]; the number of pixels of each level.</param>
    public static void Add(ReadOnlySpan<byte> pixels, Span<int> counts)
    {
        foreach (byte pixel in pixels)
        {
            counts[pixel]++;
        }
    }

    /// <summary>The level of the pixel that has a share of the pixels before it, from 0 to 1, in order of their levels.</summary>
    public static int Quantile(ReadOnlySpan<int> counts, double share)
    {
        int count = 0;
        foreach (int pixels in counts)
        {
            count += pixels;
        }

        return Quantile(counts, (int)(share * count));
    }

    /// <summary>The level of the pixel that has a number of pixels before it, in order of their levels.</summary>
    public static int Quantile(ReadOnlySpan<int> counts, int rank)
    {
        int level = 0;
        for (int below = counts[0]; below <= rank && level < byte.MaxValue; below += counts[level])
        {
            level++;
        }

        return level;
    }
}
