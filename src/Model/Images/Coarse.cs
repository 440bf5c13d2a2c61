namespace RnnService.Model.Images;

/// <summary>A coarse copy of an image, for what does not need its details.</summary>
internal static class Coarse
{
    /// <summary>The factor by which an image is divided so that its longer side has at most a number of pixels.</summary>
    public static int Factor(GrayImage image, int side) => (Math.Max(image.Width, image.Height) + side - 1) / side;

    /// <summary>Scales an image down by averaging blocks.</summary>
    public static GrayImage Of(GrayImage image, int factor, PooledPlanes planes)
    {
        (int width, int height) = ((image.Width + factor - 1) / factor, (image.Height + factor - 1) / factor);
        GrayImage coarse = new(width, height, planes.Rent(width * height));
        for (int y = 0; y < height; y++)
        {
            int rows = Math.Min(factor, image.Height - (y * factor));
            for (int x = 0; x < width; x++)
            {
                int columns = Math.Min(factor, image.Width - (x * factor)), sum = 0;
                for (int row = 0; row < rows; row++)
                {
                    foreach (byte pixel in image.Pixels.Slice((((y * factor) + row) * image.Width) + (x * factor), columns))
                    {
                        sum += pixel;
                    }
                }

                coarse.Pixels[(y * width) + x] = (byte)(sum / (rows * columns));
            }
        }

        return coarse;
    }
}
