using RnnService.Model.Data;
using RnnService.Model.Images;
using RnnService.Testing;
using SkiaSharp;

namespace RnnService.Model.Tests.Images;

public class FindEachTests
{
    private const int Scale = 4;

    private static readonly DigitDataset Test = Mnist.Data.Test;

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(-0.15)]
    public void Digits_are_found_from_left_to_right_in_a_slanted_line(double slant)
    {
        using Paper paper = new(900, 400, SKColors.White);
        for (int i = 0; i < 5; i++)
        {
            paper.Write(Test.Pixels(i), 50 + (150 * i), (float)(140 + (150 * i * slant)), Scale, SKColors.Black);
        }

        AssertFound(paper.ToPng(), [0, 1, 2, 3, 4]);
    }

    [Fact]
    public void Lines_are_read_from_top_to_bottom()
    {
        using Paper paper = new(500, 500, new SKColor(40, 60, 50));
        for (int i = 0; i < 9; i++)
        {
            paper.Write(Test.Pixels(i), 30 + (150 * (i % 3)), 20 + (155 * (i / 3)) + (10 * (i % 3)), Scale, SKColors.White);
        }

        AssertFound(paper.Light((_, _) => 1, noise: 5).To(SKEncodedImageFormat.Jpeg), [.. Enumerable.Range(0, 9)]);
    }

    [Fact]
    public void Boxes_are_in_pixels_of_the_full_image()
    {
        using Paper paper = new Paper(3_000, 2_000, SKColors.White).Fill(300, 500, 100, 800, SKColors.Black).Fill(1_500, 600, 120, 700, SKColors.Black);

        IReadOnlyList<FoundDigit> found = DigitImageDecoder.FindEach(paper.ToPng());

        Assert.Equal(2, found.Count);
        AssertNear(new ImageBox(300, 500, 100, 800), found[0].Box);
        AssertNear(new ImageBox(1_500, 600, 120, 700), found[1].Box);
    }

    [Fact]
    public void Pieces_of_one_digit_belong_together_and_specks_to_none()
    {
        // A 5 whose bar is detached, a 7 with its bar beside it, and dust.
        using Paper paper = new Paper(600, 400, SKColors.White)
            .Fill(60, 100, 70, 14, SKColors.Black).Fill(60, 128, 14, 60, SKColors.Black).Fill(60, 180, 70, 14, SKColors.Black).Fill(118, 194, 14, 90, SKColors.Black).Fill(60, 284, 70, 14, SKColors.Black)
            .Fill(300, 100, 90, 14, SKColors.Black).Fill(350, 120, 14, 180, SKColors.Black)
            .Fill(230, 200, 3, 3, SKColors.Black).Fill(480, 60, 4, 4, SKColors.Black);

        IReadOnlyList<FoundDigit> found = DigitImageDecoder.FindEach(paper.ToPng());

        Assert.Equal([new ImageBox(60, 100, 72, 198), new ImageBox(300, 100, 90, 200)], found.Select(digit => digit.Box));
    }

    [Fact]
    public void Thousands_of_pieces_are_grouped_and_refused_as_too_many_digits()
    {
        // Pairs of dots above each other: each is one digit.
        using Paper paper = new(1_400, 1_400, SKColors.White);
        Random random = new(1);
        for (int i = 0; i < 70 * 70; i++)
        {
            (float x, float y) = ((20 * (i % 70)) + random.Next(2, 14), (20 * (i / 70)) + random.Next(2, 6));
            paper.Fill(x, y, 4, 6, SKColors.Black).Fill(x, y + 7, 4, 6, SKColors.Black);
        }

        InvalidImageException exception = Assert.Throws<InvalidImageException>(() => DigitImageDecoder.FindEach(paper.ToPng()));

        Assert.Equal(ImageFault.TooManyDigits, exception.Fault);
        Assert.True(DigitImageDecoder.FitLargest(paper.ToPng()).Count > DigitImageDecoder.MaxDigits);
    }

    [Fact]
    public void One_digit_is_found_as_by_Fit()
    {
        byte[] png = new Canvas(300, 240, 255).Paste(Test.Pixels(7), 60, 40, Scale, 0).ToPng();

        Assert.Equal(DigitImageDecoder.Fit(png).Pixels, Assert.Single(DigitImageDecoder.FindEach(png)).Image.Pixels);
        Assert.Throws<InvalidImageException>(() => DigitImageDecoder.FindEach(png, Inversion.Never));
    }

    private static void AssertFound(byte[] file, int[] expected)
    {
        IReadOnlyList<FoundDigit> found = DigitImageDecoder.FindEach(file);

        Assert.Equal(expected.Length, found.Count);
        Assert.All(found.Zip(expected), pair => Assert.InRange(FittedDistance.To(pair.First.Image, pair.Second), 0, 32));
    }

    private static void AssertNear(ImageBox expected, ImageBox actual)
    {
        Assert.InRange(actual.X, expected.X - 6, expected.X + 6);
        Assert.InRange(actual.Y, expected.Y - 6, expected.Y + 6);
        Assert.InRange(actual.Width, expected.Width - 9, expected.Width + 9);
        Assert.InRange(actual.Height, expected.Height - 9, expected.Height + 9);
    }
}
