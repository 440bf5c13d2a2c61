namespace RnnService.Model.Images;

/// <summary>How much each pixel of an image differs from its ground.</summary>
/// <param name="contrast">[height, width] bytes: 0 is ground, 255 the most ink that is possible.</param>
/// <param name="paper">The contrast of a typical pixel of the ground.</param>
/// <param name="noise">The least contrast that is not the ground's noise.</param>
/// <param name="threshold">Pixels with at least this contrast may be ink.</param>
/// <param name="ink">The contrast of the strongest ink.</param>
internal readonly ref struct InkMap(GrayImage contrast, int paper, int noise, int threshold, int ink)
{
    // An image with less contrast is blank.
    private const int MinContrast = 16;

    // Of the contrast of the ink. On a flat ground, fainter pixels are the fading edge of a stroke; on paper, also its texture and light shadows.
    private const double FlatThreshold = 0.1;

    private const double PaperThreshold = 0.3;

    // In deviations of the ground.
    private const double NoiseThreshold = 4;

    /// <summary>[height, width] bytes: 0 is ground, 255 the most ink that is possible.</summary>
    public GrayImage Contrast { get; } = contrast;

    /// <summary>The contrast of a typical pixel of the ground.</summary>
    public int Paper { get; } = paper;

    /// <summary>The least contrast that is not the ground's noise.</summary>
    public int Noise { get; } = noise;

    /// <summary>Pixels with at least this contrast may be ink.</summary>
    public int Threshold { get; } = threshold;

    /// <summary>Connected pixels are ink only if one of them has at least this contrast.</summary>
    public int Seed => Paper + ((Ink - Paper) / 2);

    /// <summary>The contrast of the strongest ink.</summary>
    public int Ink { get; } = ink;

    /// <summary>The contrast of weak ink, but at least that of the noise.</summary>
    /// <param name="share">The share of the strongest ink's contrast.</param>
    public int LevelOf(double share) => Math.Max(Noise, Paper + (int)(share * (Ink - Paper)));

    /// <summary>Finds the levels of ground and ink.</summary>
    /// <param name="contrast">The differences.</param>
    /// <param name="isFlat">Whether the ground has one color, without texture.</param>
    /// <exception cref="InvalidImageException">No ink stands out from the ground.</exception>
    public static InkMap Measure(GrayImage contrast, bool isFlat)
    {
        Span<int> histogram = stackalloc int[256];
        histogram.Clear();
        foreach (byte pixel in contrast.Pixels)
        {
            histogram[pixel]++;
        }

        int count = contrast.Pixels.Length;
        int paper = isFlat ? 0 : Quantile(histogram, count / 2);
        double spread = isFlat ? 0 : (paper - Quantile(histogram, count / 10)) / 1.28;
        int ink = Quantile(histogram, count - Math.Clamp(count / 5000, 1, 200));
        if (ink - paper < Math.Max(MinContrast, (NoiseThreshold + 1) * spread))
        {
            throw Blank();
        }

        int noise = Math.Max(1, paper + (int)(NoiseThreshold * spread));
        int threshold = Math.Max(noise, paper + (int)((isFlat ? FlatThreshold : PaperThreshold) * (ink - paper)));
        return new InkMap(contrast, paper, noise, threshold, ink);
    }

    /// <summary>The exception for an image without ink.</summary>
    public static InvalidImageException Blank() => new(ImageFault.Blank, "The image is blank: no ink stands out from its background.");

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
