namespace RnnService.Model.Images;

/// <summary>
/// Whether ink is darker than its background. With the right answer, filling the ink leaves plain background. With the wrong one, at most the loops are filled, and the ink remains. What
/// reaches the border, such as a shadow or the light beside it, counts for neither.
/// </summary>
internal static class StrokePolarity
{
    /// <summary>Whether the ink of a coarse image is dark.</summary>
    public static bool IsInkDark(GrayImage image, PooledPlanes planes)
    {
        GrayImage light = image.Copy(planes);
        light.Invert();
        GrayImage withoutDark = Fill(image, planes), withoutLight = Fill(light, planes);
        int threshold = Math.Max(Strong(withoutDark, image), Strong(withoutLight, light)) / 2;
        return Remaining(withoutDark, threshold, planes) <= Remaining(withoutLight, threshold, planes);
    }

    /// <summary>How much of the other kind of ink remains when one kind was filled.</summary>
    private static long Remaining(GrayImage filled, int threshold, PooledPlanes planes)
    {
        filled.Invert();
        GrayImage background = Fill(filled, planes);
        long sum = 0;
        for (int i = 0; i < background.Pixels.Length; i++)
        {
            int difference = background.Pixels[i] - filled.Pixels[i];
            sum += difference > threshold ? difference * difference : 0;
        }

        return sum;
    }

    /// <summary>Fills what is dark, narrow, and does not reach the border.</summary>
    private static GrayImage Fill(GrayImage image, PooledPlanes planes)
    {
        GrayImage filled = Morphology.Close(image, StrokeWidth.MaxClosingRadius(image), planes);
        filled.LimitTo(FloodedBackground.Of(image, planes), factor: 1);
        return filled;
    }

    /// <summary>The difference that only few pixels reach: those of ink, not of printed lines.</summary>
    private static int Strong(GrayImage background, GrayImage image)
    {
        Span<int> histogram = stackalloc int[256];
        histogram.Clear();
        for (int i = 0; i < image.Pixels.Length; i++)
        {
            histogram[background.Pixels[i] - image.Pixels[i]]++;
        }

        int level = 255, few = Math.Max(1, image.Pixels.Length / 2000);
        for (int above = histogram[level]; above < few && level > 0; above += histogram[level])
        {
            level--;
        }

        return level;
    }
}
