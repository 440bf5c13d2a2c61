using System.Buffers.Binary;
using RnnService.Model.Data;
using RnnService.Model.Images;
using RnnService.Testing;

namespace RnnService.Model.Tests.Images;

public class DigitFittingTests
{
    private static readonly DigitDataset Test = Mnist.Data.Test;

    [Fact]
    public void Translated_digits_are_restored()
    {
        double[] distances = [.. Enumerable.Range(0, 1_000).Select(i => Distance(DigitImageDecoder.Fit(new Canvas(100, 80).Paste(Test.Pixels(i), i % 73, i % 53).ToPng()), i))];

        // At least three quarters are identical. In the others, faint edge pixels count as background, so the digit is shifted or enlarged by one pixel.
        Assert.InRange(distances.Count(distance => distance == 0), 750, 1_000);
        Assert.InRange(distances.Count(distance => distance < 4), 990, 1_000);
    }

    [Theory]
    [InlineData(PngColorType.Gray, 8, false)]
    [InlineData(PngColorType.Gray, 16, true)]
    [InlineData(PngColorType.GrayAlpha, 8, false)]
    [InlineData(PngColorType.Rgb, 8, true)]
    [InlineData(PngColorType.Rgba, 8, false)]
    [InlineData(PngColorType.Rgba, 16, true)]
    public void The_result_does_not_depend_on_the_image_before(PngColorType type, int bitDepth, bool interlaced)
    {
        // Half transparent where the type has an alpha channel.
        int max = (1 << bitDepth) - 1;
        byte[] digit = Test.Pixels(3).ToArray();
        int channels = type switch { PngColorType.GrayAlpha => 2, PngColorType.Rgba => 4, _ => 0 };
        byte[] png = new PngWriter(40, 33, type, bitDepth) { Interlaced = interlaced }.Write((x, y, channel) =>
            channel == channels - 1 ? max / 2 : x < 28 && y < 28 ? digit[(y * 28) + x] * max / 255 : 0);
        byte[] white = new Canvas(41, 34, 255).Paste(digit, 0, 0, ink: 0).ToPng();
        byte[] black = new Canvas(41, 34).Paste(digit, 0, 0).ToPng();

        DigitImage afterWhite = FitAfter(white, png);
        DigitImage afterBlack = FitAfter(black, png);

        Assert.Equal(afterWhite.Pixels.ToArray(), afterBlack.Pixels.ToArray());
        Assert.InRange(Distance(afterWhite, 3), 0, 30);
    }

    [Theory]
    [InlineData(2, 0, 255)]
    [InlineData(3.3, 0, 255)]
    [InlineData(8, 0, 255)]
    [InlineData(4, 255, 0)]
    [InlineData(4, 200, 40)]
    [InlineData(4, 110, 10)]
    [InlineData(4, 150, 250)]
    [InlineData(4, 60, 120)]
    public void Digits_of_any_size_on_any_background_are_nearly_restored(double scale, byte background, byte ink)
    {
        foreach (int i in Enumerable.Range(0, 100))
        {
            DigitImage fitted = DigitImageDecoder.Fit(new Canvas(300, 240, background).Paste(Test.Pixels(i), i % 70, i % 16, scale, ink).ToPng());

            // The distance to another digit, or to the same digit shifted by a few pixels, is 60 or more.
            Assert.InRange(Distance(fitted, i), 0, 30);
            AssertIsNormalizedLikeMnist(fitted);
        }
    }

    [Fact]
    public void Explicit_inversion_overrides_detection()
    {
        byte[] paper = new Canvas(100, 100, 255).Paste(Test.Pixels(0), 30, 30, 2, 0).ToPng();
        byte[] slate = new Canvas(100, 100).Paste(Test.Pixels(0), 30, 30, 2).ToPng();

        Assert.Equal(DigitImageDecoder.Fit(slate).Pixels, DigitImageDecoder.Fit(slate, Inversion.Never).Pixels);
        Assert.Equal(DigitImageDecoder.Fit(paper).Pixels, DigitImageDecoder.Fit(paper, Inversion.Always).Pixels);
        AssertRejected(paper, ImageFault.Blank, "The image is blank", Inversion.Never);
        AssertRejected(slate, ImageFault.Blank, "The image is blank", Inversion.Always);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2048)]
    [InlineData(2048, 1)]
    [InlineData(28, 28)]
    [InlineData(2048, 2048)]
    public void A_uniform_image_is_rejected_as_blank(int width, int height)
    {
        foreach (byte shade in new byte[] { 0, 127, 128, 255 })
        {
            AssertRejected(new Canvas(width, height, shade).ToPng(), ImageFault.Blank, "The image is blank: no ink stands out from its background.");
        }
    }

    [Fact]
    public void Paper_grain_is_not_ink()
    {
        Random random = new(1);
        byte[] grain = new byte[100 * 100];
        random.NextBytes(grain);

        AssertRejected(PngWriter.Gray([.. grain.Select(value => (byte)(200 + (value % 20)))], 100, 100), ImageFault.Blank, "no ink stands out from its background");
    }

    [Fact]
    public void Tiny_images_and_one_pixel_wide_lines_are_fitted_or_rejected()
    {
        foreach ((int width, int height) in new[] { (1, 2), (2, 1), (1, 9), (9, 1), (1, 2048), (2048, 1), (2, 2), (3, 2) })
        {
            foreach (int at in new[] { 0, (width * height) - 1, width * height / 2 })
            {
                byte[] pixels = new byte[width * height];
                pixels[at] = 255;
                Exception? fault = Record.Exception(() => Assert.Contains((byte)255, DigitImageDecoder.Fit(PngWriter.Gray(pixels, width, height), Inversion.Never).Pixels.ToArray()));
                Assert.True(fault is null or InvalidImageException { Fault: ImageFault.Blank }, fault?.ToString());
            }
        }
    }

    [Theory]
    [InlineData(50_001, 1_000)]
    [InlineData(7_072, 7_072)]
    [InlineData(-1, -1)]
    public void An_image_that_is_too_large_is_rejected_by_its_header(int width, int height) =>
        AssertRejected(WithSize(width, height), ImageFault.WrongSize, $"The image is {(uint)width}×{(uint)height}, but it must have at most 50 megapixels.");

    [Theory]
    [InlineData(0, 28)]
    [InlineData(28, 0)]
    public void An_image_without_pixels_is_rejected(int width, int height) => AssertRejected(WithSize(width, height), ImageFault.Broken, "header is damaged");

    [Fact]
    public void Invalid_files_are_rejected_with_the_same_faults_as_by_Decode()
    {
        byte[] png = new Canvas(100, 100).Paste(Test.Pixels(0), 30, 30).ToPng();

        AssertRejected([], ImageFault.Missing, "The image is empty");
        AssertRejected("seven"u8.ToArray(), ImageFault.UnknownFormat, "not a PNG");
        AssertRejected(png[..20], ImageFault.Broken, "header is damaged");
        AssertRejected(png[..^20], ImageFault.Broken, "truncated");
        AssertRejected([.. png[..60], .. new byte[20], .. png[80..]], ImageFault.Broken, "damaged");
    }

    /// <summary>The mean absolute difference between the pixels of two images.</summary>
    private static double Distance(DigitImage image, int test) =>
        image.Pixels.ToArray().Zip(Test.Pixels(test).ToArray(), (pixel, original) => Math.Abs(pixel - original)).Average();

    /// <summary>The ink is in a box of 20×20, and its center of mass is in the middle of the image.</summary>
    private static void AssertIsNormalizedLikeMnist(DigitImage image)
    {
        byte[] pixels = image.Pixels.ToArray();
        (int X, int Y)[] ink = [.. Enumerable.Range(0, pixels.Length).Where(i => pixels[i] > 0).Select(i => (i % 28, i / 28))];
        double mass = pixels.Sum(pixel => pixel);
        Assert.InRange(Math.Max(ink.Max(at => at.X) - ink.Min(at => at.X), ink.Max(at => at.Y) - ink.Min(at => at.Y)) + 1, 18, 20);
        Assert.InRange(ink.Sum(at => at.X * pixels[(at.Y * 28) + at.X]) / mass, 13.5, 14.5);
        Assert.InRange(ink.Sum(at => at.Y * pixels[(at.Y * 28) + at.X]) / mass, 13.5, 14.5);
    }

    /// <summary>A PNG whose header has the given size, which does not match its pixel data.</summary>
    private static byte[] WithSize(int width, int height)
    {
        byte[] png = PngWriter.Gray(Test.Pixels(0));
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        return png;
    }

    private static DigitImage FitAfter(byte[] before, byte[] png)
    {
        DigitImageDecoder.Fit(before);
        return DigitImageDecoder.Fit(png);
    }

    private static void AssertRejected(byte[] png, ImageFault fault, string advice, Inversion inversion = Inversion.Auto)
    {
        InvalidImageException exception = Assert.Throws<InvalidImageException>(() => DigitImageDecoder.Fit(png, inversion));
        Assert.Equal(fault, exception.Fault);
        Assert.Contains(advice, exception.Message, StringComparison.Ordinal);
    }
}
