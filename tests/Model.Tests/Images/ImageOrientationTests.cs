using RnnService.Model.Images;
using RnnService.Testing;
using SkiaSharp;

namespace RnnService.Model.Tests.Images;

public class ImageOrientationTests
{
    [Theory]
    [InlineData(400, 300, 3)]
    [InlineData(1700, 1200, 12)]
    public void A_photograph_is_read_as_it_is_displayed(int width, int height, int scale)
    {
        foreach (SKEncodedOrigin orientation in Enum.GetValues<SKEncodedOrigin>())
        {
            using Paper paper = new Paper(width, height, SKColors.White).Write(Mnist.Data.Test.Pixels(4), width / 2f, height / 8f, scale, SKColors.Black);

            FoundDigit found = Assert.Single(DigitImageDecoder.FindEach(paper.ToJpeg(orientation)));

            Assert.InRange(FittedDistance.To(found.Image, 4), 0, 30);
            Assert.InRange(found.Box.X, width / 2, (width / 2) + (15 * scale));
            Assert.InRange(found.Box.Y, height / 8, (height / 8) + (15 * scale));
            Assert.InRange(found.Box.Height, 18 * scale, 23 * scale);
            Assert.InRange(found.Box.Width, 8 * scale, 23 * scale);
        }
    }
}
