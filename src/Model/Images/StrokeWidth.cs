namespace RnnService.Model.Images;

/// <summary>How wide strokes are: with the least closing that removes nearly all of what is darker than its surroundings.</summary>
internal static class StrokeWidth
{
    // Of the shorter side. A wider area is a shadow.
    private const double MaxRadius = 0.2;

    private const double Share = 0.95;

    /// <summary>The radius of a closing that removes the widest strokes, in pixels of the image.</summary>
    public static int MaxClosingRadius(GrayImage image) => Math.Max(2, (int)(MaxRadius * Math.Min(image.Width, image.Height)));

    /// <summary>The radius of a closing that removes strokes with a margin, in pixels of the coarse image.</summary>
    /// <param name="image">A coarse image with dark ink.</param>
    /// <param name="flooded">Its background as seen from the border: <see cref="FloodedBackground"/>.</param>
    /// <param name="planes">Memory.</param>
    public static int ClosingRadius(GrayImage image, GrayImage flooded, PooledPlanes planes)
    {
        int most = MaxClosingRadius(image);
        GrayImage background = Morphology.Close(image, most, planes);
        background.LimitTo(flooded, factor: 1, planes);
        int strongest = 0;
        for (int i = 0; i < image.Pixels.Length; i++)
        {
            strongest = Math.Max(strongest, background.Pixels[i] - image.Pixels[i]);
        }

        long all = Ink(image, background, background, strongest / 2);
        for (int radius = 1; radius < most; radius += 1 + (radius / 3))
        {
            GrayImage closed = Morphology.Close(image, radius, planes);
            closed.LimitTo(flooded, factor: 1, planes);
            if (Ink(image, background, closed, strongest / 2) >= Share * all)
            {
                return Math.Min(most, radius + 1 + (radius / 2));
            }
        }

        return most;
    }

    /// <summary>The differences from a background, where those from the smoothest background are large.</summary>
    private static long Ink(GrayImage image, GrayImage smoothest, GrayImage background, int threshold)
    {
        long sum = 0;
        for (int i = 0; i < image.Pixels.Length; i++)
        {
            sum += smoothest.Pixels[i] - image.Pixels[i] >= threshold ? background.Pixels[i] - image.Pixels[i] : 0;
        }

        return sum;
    }
}
