namespace RnnService.Model.Images;

/// <summary>Erases the lines of ruled and squared paper: thin straight lines from one side of the image to the other, at up to 12 degrees to its sides.</summary>
internal static class RuledLines
{
    /// <summary>How much of the ink's contrast a line needs to be worth erasing.</summary>
    private const double MinContrast = 0.12;

    // A crossing that is wider than the line, or darker, is ink.
    private const double MaxWidening = 2, MaxDarkening = 1.7;

    // In pixels.
    private const int Tolerance = 2;

    /// <summary>Erases lines.</summary>
    /// <param name="image">The image with dark ink. Lines are replaced by what is beside them.</param>
    /// <param name="planes">Memory.</param>
    public static void Erase(GrayImage image, PooledPlanes planes)
    {
        GrayImage contrast = Morphology.Close(Smoothing.Apply(image, planes), LineDetection.ClosingRadius(image), planes);
        contrast.Subtract(image);
        int threshold = ContrastLevels.Of(contrast).LevelOf(MinContrast);
        foreach (bool isTransposed in (ReadOnlySpan<bool>)[false, true])
        {
            LineRaster raster = new(contrast, isTransposed);
            foreach (RuledLine line in LineDetection.Find(raster, threshold, planes))
            {
                Erase(line, raster, new LineRaster(image, isTransposed), threshold);
            }
        }
    }

    private static void Erase(RuledLine line, LineRaster contrast, LineRaster image, int threshold)
    {
        int reach = Tolerance + (line.Width / 2);
        for (int along = 0; along < contrast.Length; along++)
        {
            int middle = (int)Math.Round(line.At(along));
            int at = Nearest(contrast, along, middle, reach, threshold);
            if (at < 0)
            {
                continue;
            }

            (int first, int last, int peak) = (at, at, contrast[along, at]);
            for (; first > 0 && contrast[along, first - 1] >= threshold; first--)
            {
                peak = Math.Max(peak, contrast[along, first - 1]);
            }

            for (; last < contrast.Breadth - 1 && contrast[along, last + 1] >= threshold; last++)
            {
                peak = Math.Max(peak, contrast[along, last + 1]);
            }

            if (last - first + 1 > (MaxWidening * line.Width) + 1 || peak > MaxDarkening * line.Contrast)
            {
                continue;
            }

            (int before, int after) = (Math.Max(0, first - 2), Math.Min(contrast.Breadth - 1, last + 2));
            int beside = (image[along, before] + image[along, after]) / 2;
            for (int across = before; across <= after; across++)
            {
                contrast[along, across] = 0;
                image[along, across] = (byte)beside;
            }
        }
    }

    /// <summary>The pixel of ink that is nearest to a line, or -1.</summary>
    private static int Nearest(LineRaster contrast, int along, int middle, int reach, int threshold)
    {
        for (int distance = 0; distance <= reach; distance++)
        {
            foreach (int at in (ReadOnlySpan<int>)[middle - distance, middle + distance])
            {
                if (at >= 0 && at < contrast.Breadth && contrast[along, at] >= threshold)
                {
                    return at;
                }
            }
        }

        return -1;
    }
}
