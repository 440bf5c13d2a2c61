namespace RnnService.Model.Images;

/// <summary>
/// Whether ink is darker than its ground. Ink covers less of its surroundings than ground, so it differs more from their mean: the third moment of the differences has its sign.
/// Only what does not reach the border counts, because a shadow, or the light beside it, does.
/// </summary>
internal static class StrokePolarity
{
    // Of the longer side.
    private const int Surroundings = 8;

    /// <summary>Whether the ink of a coarse image is dark.</summary>
    public static bool IsInkDark(GrayImage image, PooledPlanes planes)
    {
        GrayImage light = new(image.Width, image.Height, planes.Rent(image.Pixels.Length));
        image.Pixels.CopyTo(light.Pixels);
        light.Invert();
        GrayImage filledDark = FloodedGround.Of(image, planes), filledLight = FloodedGround.Of(light, planes);
        int radius = Math.Max(2, Math.Max(image.Width, image.Height) / Surroundings);
        int[] sums = Sums(image);
        double moment = 0;
        for (int y = 0; y < image.Height; y++)
        {
            (int top, int bottom) = (Math.Max(0, y - radius), Math.Min(image.Height, y + radius + 1));
            for (int x = 0; x < image.Width; x++)
            {
                (int left, int right) = (Math.Max(0, x - radius), Math.Min(image.Width, x + radius + 1));
                int stride = image.Width + 1;
                int sum = sums[(bottom * stride) + right] - sums[(top * stride) + right] - sums[(bottom * stride) + left] + sums[(top * stride) + left];
                int index = (y * image.Width) + x;
                double difference = image.Pixels[index] - ((double)sum / ((bottom - top) * (right - left)));
                int inside = Math.Max(filledDark.Pixels[index] - image.Pixels[index], filledLight.Pixels[index] - light.Pixels[index]);
                moment += difference * difference * difference * inside;
            }
        }

        return moment < 0;
    }

    /// <summary>[height + 1, width + 1] sums of all pixels above and to the left.</summary>
    private static int[] Sums(GrayImage image)
    {
        int stride = image.Width + 1;
        int[] sums = new int[(image.Height + 1) * stride];
        for (int y = 0; y < image.Height; y++)
        {
            int row = 0;
            for (int x = 0; x < image.Width; x++)
            {
                row += image.Pixels[(y * image.Width) + x];
                sums[((y + 1) * stride) + x + 1] = sums[(y * stride) + x + 1] + row;
            }
        }

        return sums;
    }
}
