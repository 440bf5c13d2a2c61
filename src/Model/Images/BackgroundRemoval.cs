namespace RnnService.Model.Images;

/// <summary>
/// Separates ink from its background under uneven light. The background is what is left after a closing, which removes all that is darker than its surroundings and as narrow as a
/// stroke: gradients and shadows, also those with sharp edges, are wider and belong to the background. Light ink on a dark background is inverted first.
/// </summary>
internal static class BackgroundRemoval
{
    // Of the pixels: an image in which as many have exactly the color of the border, such as a drawing, has a flat background.
    private const double FlatShare = 0.7;

    // The same if nearly all others have nearly the color of the ink, such as in an enlarged scan: of both, of the background, of the ink, and of the range between them.
    private const double TwoColorShare = 0.45, TwoColorBackgroundShare = 0.2, TwoColorInkShare = 0.1, TwoColorTolerance = 0.1;

    // The longer sides of coarse copies, in pixels.
    private const int FloodSide = 500, CoarseSide = 200;

    // Darker paper is so noisy that ratios mean nothing.
    private const byte MinPaper = 48;

    /// <summary>Removes the background.</summary>
    /// <param name="image">The image. It may be changed.</param>
    /// <param name="inversion">Whether the ink is dark (inverted), light (not inverted), or to be detected.</param>
    /// <param name="planes">Memory for the result.</param>
    /// <exception cref="InvalidImageException">The image is blank.</exception>
    public static InkMap Remove(GrayImage image, Inversion inversion, PooledPlanes planes)
    {
        int border = MostCommon(image.Border());
        if (IsFlat(image, border))
        {
            return RemoveFlat(image, border, inversion, planes);
        }

        bool isInkDark = inversion != Inversion.Never;
        if (isInkDark)
        {
            RuledLines.Erase(image, planes);
            isInkDark = inversion == Inversion.Always || StrokePolarity.IsInkDark(Coarse.Of(image, Coarse.Factor(image, CoarseSide), planes), planes);
        }

        if (!isInkDark)
        {
            image.Invert();
            RuledLines.Erase(image, planes);
        }

        return RemoveUneven(image, isInkDark, planes);
    }

    /// <summary>Removes the background of an image without lines.</summary>
    private static InkMap RemoveUneven(GrayImage image, bool isInkDark, PooledPlanes planes)
    {
        int factor = Coarse.Factor(image, FloodSide);
        GrayImage half = Coarse.Of(image, factor, planes);
        GrayImage flooded = FloodedBackground.Of(half, planes);
        int coarseFactor = Coarse.Factor(half, CoarseSide);
        int radius = StrokeWidth.ClosingRadius(Coarse.Of(half, coarseFactor, planes), Coarse.Of(flooded, coarseFactor, planes), planes) * factor * coarseFactor;
        GrayImage background = Morphology.Close(Smoothing.Apply(image, planes), radius, planes);
        GrayImage contrast = Difference(image, background, isInkDark, planes);
        background.LimitTo(flooded, factor, planes);
        return InkMap.Measure(contrast, Difference(image, background, isInkDark, planes), isFlat: false);
    }

    private static InkMap RemoveFlat(GrayImage image, int background, Inversion inversion, PooledPlanes planes)
    {
        long balance = 0;
        foreach (byte pixel in image.Pixels)
        {
            int difference = pixel - background;
            balance += difference * Math.Abs(difference);
        }

        if (inversion == Inversion.Auto ? balance >= 0 : inversion == Inversion.Never)
        {
            image.Invert();
            background = byte.MaxValue - background;
        }

        RuledLines.Erase(image, planes);
        foreach (ref byte pixel in image.Pixels)
        {
            pixel = (byte)Math.Max(0, background - pixel);
        }

        return InkMap.Measure(image, image, isFlat: true);
    }

    /// <summary>The contrast of dark ink is the share of light that it absorbs, which is the same in a shadow.</summary>
    private static GrayImage Difference(GrayImage image, GrayImage background, bool isRatio, PooledPlanes planes)
    {
        GrayImage difference = background.Copy(planes);
        difference.Subtract(image);
        if (isRatio)
        {
            PixelMath.Divide(difference.Pixels, background.Pixels, MinPaper);
        }

        return difference;
    }

    private static bool IsFlat(GrayImage image, int border)
    {
        Span<int> counts = stackalloc int[Histogram.Levels];
        Histogram.Count(image, counts);
        (int darkest, int lightest) = (counts.IndexOfAnyExcept(0), counts.LastIndexOfAnyExcept(0));
        int opposite = border - darkest > lightest - border ? darkest : lightest;
        double tolerance = Math.Max(1, Math.Abs(border - opposite) * TwoColorTolerance);
        (int exact, int background, int ink) = (0, 0, 0);
        for (int level = darkest; level <= lightest; level++)
        {
            exact += Math.Abs(level - border) <= 1 ? counts[level] : 0;
            background += Math.Abs(level - border) <= tolerance ? counts[level] : 0;
            ink += Math.Abs(level - opposite) <= tolerance ? counts[level] : 0;
        }

        double count = image.Pixels.Length;
        bool isTwoColored = background + ink >= TwoColorShare * count && background >= TwoColorBackgroundShare * count && ink >= TwoColorInkShare * count;
        return exact >= FlatShare * count || isTwoColored;
    }

    /// <summary>Ink can touch the border, but rarely covers half of it.</summary>
    private static int MostCommon(byte[] border)
    {
        Span<int> histogram = stackalloc int[256];
        histogram.Clear();
        int most = border[0];
        foreach (byte pixel in border)
        {
            most = ++histogram[pixel] > histogram[most] ? pixel : most;
        }

        return most;
    }
}
