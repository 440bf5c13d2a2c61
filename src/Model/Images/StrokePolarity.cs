namespace RnnService.Model.Images;

/// <summary>
/// Whether ink is darker than its background. With the right answer, filling the ink leaves plain background. With the wrong one, at most the loops are filled, and the ink remains. What
/// reaches the border, such as a shadow or the light beside it, counts for neither. On a background that is as light as paper, ink is light only if nothing dark stands
/// out when it is filled: between shadows, the inside of a loop can look like light ink.
/// </summary>
internal static class StrokePolarity
{
    /// <summary>Most backgrounds for light ink, such as boards, are darker; paper is lighter, even in most shadows.</summary>
    private const int MaxDarkBackground = 72;

    // What is dark on a lighter background is ink if it stands out, and light ink beside it not much more.
    private const int MinDarkContrast = 16;
    private const double MinDarkShare = 0.2;

    /// <summary>Whether the ink of a coarse image is dark.</summary>
    public static bool IsInkDark(GrayImage image, PooledPlanes planes)
    {
        GrayImage light = image.Copy(planes);
        light.Invert();
        GrayImage withoutDark = Fill(image, planes), withoutLight = Fill(light, planes);
        (int strongDark, int strongLight) = (Strong(withoutDark, image), Strong(withoutLight, light));
        withoutDark.Invert();
        withoutLight.Invert();
        GrayImage withoutBoth = Fill(withoutLight, planes);
        if (Median(image) >= MaxDarkBackground && Strong(withoutBoth, withoutLight) >= Math.Max(MinDarkContrast, MinDarkShare * strongLight))
        {
            return true;
        }

        int threshold = Math.Max(strongDark, strongLight) / 2;
        return Sum(Fill(withoutDark, planes), withoutDark, threshold) <= Sum(withoutBoth, withoutLight, threshold);
    }

    private static int Median(GrayImage image)
    {
        Span<int> counts = stackalloc int[Histogram.Levels];
        Histogram.Count(image, counts);
        return Histogram.Quantile(counts, image.Pixels.Length / 2);
    }

    /// <summary>How much ink there is: the sum of the squares of large differences.</summary>
    private static long Sum(GrayImage background, GrayImage image, int threshold)
    {
        long sum = 0;
        for (int i = 0; i < background.Pixels.Length; i++)
        {
            int difference = background.Pixels[i] - image.Pixels[i];
            sum += difference > threshold ? difference * difference : 0;
        }

        return sum;
    }

    /// <summary>Fills what is dark, narrow, and does not reach the border.</summary>
    private static GrayImage Fill(GrayImage image, PooledPlanes planes)
    {
        GrayImage filled = Morphology.Close(image, StrokeWidth.MaxClosingRadius(image), planes);
        filled.LimitTo(FloodedBackground.Of(image, planes), factor: 1, planes);
        return filled;
    }

    /// <summary>The difference that only few pixels reach: those of ink, not of printed lines.</summary>
    private static int Strong(GrayImage background, GrayImage image)
    {
        Span<int> counts = stackalloc int[Histogram.Levels];
        counts.Clear();
        for (int i = 0; i < image.Pixels.Length; i++)
        {
            counts[background.Pixels[i] - image.Pixels[i]]++;
        }

        return Histogram.Quantile(counts, image.Pixels.Length - Math.Max(1, image.Pixels.Length / 2000));
    }
}
