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
    [InlineData("gradient", 0xfff8f8f8, 0xffc81e28)]
    [InlineData("gradient", 0xfff8f8f8, 0xff707070)]
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

    /// <summary>Between shadows, the inside of a loop looks like light ink.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(61)]
    public void Loops_in_a_band_of_light_are_not_filled(int digit)
    {
        using Paper paper = new(600, 800, new SKColor(235, 228, 150));
        byte[] jpeg = paper.Write(Test.Pixels(digit), 130, 230, 12, new SKColor(60, 58, 50))
            .Light((x, y) => (1 - (0.25 * x) - (0.2 * y)) * Math.Clamp(1 - (12 * (Math.Abs(x + (0.6 * y) - 0.8) - 0.2)), 0.45, 1), noise: 5).To(SKEncodedImageFormat.Jpeg, 80);

        Assert.InRange(FittedDistance.To(DigitImageDecoder.Fit(jpeg), digit), 0, 32);
    }

    [Fact]
    public void Coarse_scans_that_were_enlarged_are_not_blank()
    {
        for (int digit = 0; digit < 200; digit++)
        {
            using SKBitmap scan = Scan(Test.Pixels(digit), 8);
            using SKBitmap paper = new(200, 200, SKColorType.Gray8, SKAlphaType.Opaque);
            using SKCanvas canvas = new(paper);
            canvas.Clear(SKColors.White);
            using SKImage image = SKImage.FromBitmap(scan);
            canvas.DrawImage(image, new SKRect(20, 20, 180, 180), new SKSamplingOptions(SKCubicResampler.Mitchell));
            canvas.Flush();
            using SKData png = paper.Encode(SKEncodedImageFormat.Png, 100);

            Assert.InRange(DigitImageDecoder.Fit(png.ToArray()).Pixels.ToArray().Count(pixel => pixel > 128), 20, 400);
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

    /// <summary>A digit, stretched into a square of a few pixels: dark on white.</summary>
    private static SKBitmap Scan(ReadOnlySpan<byte> digit, int side)
    {
        byte[] pixels = digit.ToArray();
        int[] ink = [.. Enumerable.Range(0, pixels.Length).Where(i => pixels[i] > 64)];
        (int left, int right, int top, int bottom) = (ink.Min(i => i % 28), ink.Max(i => i % 28) + 1, ink.Min(i => i / 28), ink.Max(i => i / 28) + 1);
        SKBitmap scan = new(side, side, SKColorType.Gray8, SKAlphaType.Opaque);
        for (int i = 0; i < side * side; i++)
        {
            (int y, int x) = (top + ((bottom - top) * (i / side) / side), left + ((right - left) * (i % side) / side));
            byte gray = (byte)(255 - pixels[(y * 28) + x]);
            scan.SetPixel(i % side, i / side, new SKColor(gray, gray, gray));
        }

        return scan;
    }

    private static Func<double, double, double> LightOf(string background) => background switch
    {
        "gradient" => (x, y) => 1 - (0.3 * x) - (0.2 * y),
        "corners" => (x, y) => 1 - (0.6 * (((x - 0.5) * (x - 0.5)) + ((y - 0.5) * (y - 0.5)))),
        "shadow" => (x, y) => x + (0.3 * y) < 0.6 ? 1 : 0.6,
        _ => (_, _) => 1,
    };
}
