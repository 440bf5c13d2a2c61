using RnnService.Model.Data;
using RnnService.Model.Images;
using RnnService.Testing;
using SkiaSharp;

namespace RnnService.Model.Tests.Images;

public class PhotographTests
{
    private static readonly DigitDataset Test = Mnist.Data.Test;

    [Theory]
    [InlineData("plain", 0xff282830, 0xfff5f5f0)]
    [InlineData("plain", 0xff2038a0, 0xfff5e89a)]
    [InlineData("plain", 0xffc02830, 0xffffffff)]
    [InlineData("plain", 0xff188040, 0xffe8e4dc)]
    [InlineData("plain", 0xffe8e8e0, 0xff284038)]
    [InlineData("plain", 0xffa0a0a0, 0xffe8e8e8)]
    [InlineData("gradient", 0xff303038, 0xfff0f0f0)]
    [InlineData("corners", 0xff303038, 0xfff0f0f0)]
    [InlineData("shadow", 0xff303038, 0xfff0f0f0)]
    [InlineData("ruled", 0xff303038, 0xfff0f0f0)]
    [InlineData("squared", 0xff303038, 0xfff0f0f0)]
    [InlineData("squared", 0xff2038a0, 0xfffffff0)]
    public void The_ground_of_a_photograph_is_removed(string background, uint ink, uint paper)
    {
        for (int i = 0; i < 10; i++)
        {
            byte[] jpeg = Photograph(background, i, new SKColor(ink), new SKColor(paper));

            FoundDigit found = Assert.Single(DigitImageDecoder.FindEach(jpeg));

            Assert.InRange(FittedDistance.To(found.Image, i), 0, 32);
            Assert.Equal(found.Image.Pixels, DigitImageDecoder.Fit(jpeg).Pixels);
        }
    }

    [Fact]
    public void The_result_does_not_depend_on_the_image_before()
    {
        byte[] ruled = Photograph("ruled", 1, SKColors.Black, SKColors.White), shadow = Photograph("shadow", 2, SKColors.Black, SKColors.White);

        DigitImage first = DigitImageDecoder.Fit(ruled);
        DigitImageDecoder.Fit(shadow);

        Assert.Equal(first.Pixels, DigitImageDecoder.Fit(ruled).Pixels);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("gradient")]
    [InlineData("corners")]
    public void A_photograph_of_empty_paper_is_blank(string background)
    {
        using Paper paper = new(800, 600, new SKColor(230, 230, 225));
        byte[] jpeg = paper.Light(LightOf(background), noise: 6).To(SKEncodedImageFormat.Jpeg, 85);

        Assert.Equal(ImageFault.Blank, Assert.Throws<InvalidImageException>(() => DigitImageDecoder.Fit(jpeg)).Fault);
        Assert.Equal(ImageFault.Blank, Assert.Throws<InvalidImageException>(() => DigitImageDecoder.FindEach(jpeg)).Fault);
    }

    private static byte[] Photograph(string background, int digit, SKColor ink, SKColor color)
    {
        using Paper paper = new(800, 600, color);
        if (background is "ruled" or "squared")
        {
            paper.Rule(new SKColor(150, 175, 220), 47, 3, degrees: 3, background == "squared");
        }

        return paper.Write(Test.Pixels(digit), 230, 110, 9, ink).Light(LightOf(background), noise: 6).To(SKEncodedImageFormat.Jpeg, 85);
    }

    private static Func<double, double, double> LightOf(string background) => background switch
    {
        "gradient" => (x, y) => 1 - (0.3 * x) - (0.2 * y),
        "corners" => (x, y) => 1 - (0.6 * (((x - 0.5) * (x - 0.5)) + ((y - 0.5) * (y - 0.5)))),
        "shadow" => (x, y) => x + (0.3 * y) < 0.6 ? 1 : 0.6,
        _ => (_, _) => 1,
    };
}
