namespace RnnService.Model.Images;

/// <summary>The levels of background and ink in a map of contrast.</summary>
/// <param name="Paper">The contrast of a typical pixel of the background.</param>
/// <param name="Noise">The least contrast that is not the background's noise.</param>
/// <param name="Ink">The contrast of the strongest ink.</param>
internal readonly record struct ContrastLevels(int Paper, int Noise, int Ink)
{
    // In deviations of the background.
    private const double NoiseDeviations = 4;

    /// <summary>Measures the levels, of which most pixels are background.</summary>
    public static ContrastLevels Of(GrayImage contrast)
    {
        Span<int> histogram = stackalloc int[256];
        histogram.Clear();
        foreach (byte pixel in contrast.Pixels)
        {
            histogram[pixel]++;
        }

        int count = contrast.Pixels.Length;
        int paper = Quantile(histogram, count / 2);
        double deviation = (paper - Quantile(histogram, count / 10)) / 1.28;
        int ink = Quantile(histogram, count - Math.Clamp(count / 5000, 1, 200));
        return new ContrastLevels(paper, Math.Max(1, paper + (int)(NoiseDeviations * deviation)), ink);
    }

    /// <summary>The contrast of weak ink, but at least that of the noise.</summary>
    /// <param name="share">The share of the strongest ink's contrast.</param>
    public int LevelOf(double share) => Math.Max(Noise, Paper + (int)(share * (Ink - Paper)));

    private static int Quantile(ReadOnlySpan<int> histogram, int rank)
    {
        int value = 0;
        for (int below = histogram[0]; below <= rank && value < byte.MaxValue; below += histogram[value])
        {
            value++;
        }

        return value;
    }
}
