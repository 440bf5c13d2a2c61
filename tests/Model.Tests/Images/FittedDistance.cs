using RnnService.Model.Images;
using RnnService.Testing;

namespace RnnService.Model.Tests.Images;

internal static class FittedDistance
{
    /// <summary>
    /// The mean absolute difference between the pixels of a fitted image and a test image of MNIST. To another digit, or to the same digit shifted by a few pixels, it is 60 or more.
    /// </summary>
    public static double To(DigitImage image, int test) =>
        image.Pixels.ToArray().Zip(Mnist.Data.Test.Pixels(test).ToArray(), (pixel, original) => Math.Abs(pixel - original)).Average();
}
