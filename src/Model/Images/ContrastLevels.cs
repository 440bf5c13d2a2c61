namespace RnnService.Model.Images;

/// <summary>The levels of background and ink in a map of contrast.</summary>
/// <param name="Paper">The contrast of a typical pixel of the background.</param>
/// <param name="Noise">The least contrast that is not the background's noise.</param>
/// <param name="Ink">The contrast of the strongest ink.</param>
internal readonly record struct ContrastLevels(int Paper, int Noise, int Ink)
{
    // Beside strong ink, noise has at most this share of its contrast: more are the soft edges of a digit that fills the image.
    private const double MaxNoise = 0.4;
    private const int StrongInk = 128;

    // In deviations of the background.
    private const double NoiseDeviations = 4;

    /// <summary>Measures the levels, of which most pixels are background.</summary>
    public static ContrastLevels Of(GrayImage contrast)
    {
        Span<int> counts = stackalloc int[Histogram.Levels];
        Histogram.Count(contrast, counts);
        int count = contrast.Pixels.Length;
        int paper = Histogram.Quantile(counts, count / 2);
        double deviation = (paper - Histogram.Quantile(counts, count / 10)) / 1.28;
        int ink = Histogram.Quantile(counts, count - Math.Clamp(count / 5000, 1, 200));
        double noise = ink - paper >= StrongInk ? Math.Min(NoiseDeviations * deviation, MaxNoise * (ink - paper)) : NoiseDeviations * deviation;
        return new ContrastLevels(paper, Math.Max(1, paper + (int)noise), ink);
    }

    /// <summary>The contrast of weak ink, but at least that of the noise.</summary>
    /// <param name="share">The share of the strongest ink's contrast.</param>
    public int LevelOf(double share) => Math.Max(Noise, Paper + (int)(share * (Ink - Paper)));
}
