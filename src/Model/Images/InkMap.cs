namespace RnnService.Model.Images;

/// <summary>How much each pixel of an image differs from its background.</summary>
/// <param name="contrast">[height, width] bytes: 0 is background, 255 the most ink that is possible.</param>
/// <param name="inside">The contrast of what does not reach the border.</param>
/// <param name="paper">The contrast of a typical pixel of the background.</param>
/// <param name="threshold">Pixels with at least this contrast may be ink.</param>
/// <param name="ink">The contrast of the strongest ink.</param>
internal readonly ref struct InkMap(GrayImage contrast, GrayImage inside, int paper, int threshold, int ink)
{
    // An image with less contrast is blank.
    private const int MinContrast = 16;

    // The contrast of ink in units of the contrast that is noise.
    private const double MinNoiseRatio = 1.25;

    // Of the contrast of the ink. On a flat background, fainter pixels are the fading edge of a stroke; on paper, also its texture and light shadows.
    private const double FlatThreshold = 0.1, PaperThreshold = 0.3;

    /// <summary>[height, width] bytes: 0 is background, 255 the most ink that is possible.</summary>
    public GrayImage Contrast { get; } = contrast;

    /// <summary>The contrast of what does not reach the border: <see cref="FloodedBackground"/>.</summary>
    public GrayImage Inside { get; } = inside;

    /// <summary>The contrast of a typical pixel of the background.</summary>
    public int Paper { get; } = paper;

    /// <summary>Pixels with at least this contrast may be ink.</summary>
    public int Threshold { get; } = threshold;

    /// <summary>Connected pixels are ink only if one of them has at least this contrast.</summary>
    public int Seed => Paper + ((Ink - Paper) / 2);

    /// <summary>The contrast of the strongest ink.</summary>
    public int Ink { get; } = ink;

    /// <summary>Finds the levels of background and ink.</summary>
    /// <param name="contrast">The differences.</param>
    /// <param name="inside">The differences of what does not reach the border.</param>
    /// <param name="isFlat">Whether the background has one color, without texture.</param>
    /// <exception cref="InvalidImageException">No ink stands out from the background.</exception>
    public static InkMap Measure(GrayImage contrast, GrayImage inside, bool isFlat)
    {
        ContrastLevels levels = ContrastLevels.Of(contrast);
        levels = isFlat ? new ContrastLevels(0, 1, levels.Ink) : levels;
        int reach = levels.Ink - levels.Paper;
        return reach >= Math.Max(MinContrast, MinNoiseRatio * (levels.Noise - levels.Paper))
            ? new InkMap(contrast, inside, levels.Paper, Math.Max(1, levels.LevelOf(isFlat ? FlatThreshold : PaperThreshold)), levels.Ink)
            : throw Blank();
    }

    /// <summary>The exception for an image without ink.</summary>
    public static InvalidImageException Blank() => new(ImageFault.Blank, "The image is blank: no ink stands out from its background.");
}
