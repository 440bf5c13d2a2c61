using RnnService.Model.Data;
using RnnService.Model.Images;
using RnnService.Testing;
using SkiaSharp;

namespace RnnService.Model.Tests.Images;

public class ImageFormatTests
{
    private static readonly DigitDataset Test = Mnist.Data.Test;

    [Theory]
    [InlineData(SKEncodedImageFormat.Png, 100)]
    [InlineData(SKEncodedImageFormat.Jpeg, 95)]
    [InlineData(SKEncodedImageFormat.Jpeg, 40)]
    [InlineData(SKEncodedImageFormat.Webp, 100)]
    [InlineData(SKEncodedImageFormat.Webp, 60)]
    public void A_digit_is_found_in_every_format_and_at_every_size(SKEncodedImageFormat format, int quality)
    {
        foreach ((int width, int height, float scale) in new[] { (300, 240, 4f), (1200, 900, 7f), (2600, 1700, 40f), (4000, 3000, 9f) })
        {
            using Paper paper = new Paper(width, height, SKColors.White).Write(Test.Pixels(4), width / 3f, height / 5f, scale, SKColors.Black);

            Assert.InRange(FittedDistance.To(DigitImageDecoder.Fit(paper.To(format, quality)), 4), 0, 30);
        }
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    [InlineData(SKEncodedImageFormat.Png)]
    public void A_file_truncated_at_any_position_is_rejected(SKEncodedImageFormat format)
    {
        using Paper paper = new Paper(200, 160, SKColors.White).Write(Test.Pixels(4), 40, 20, 4, SKColors.Black);
        byte[] file = paper.To(format);
        const int checksum = 4;

        for (int length = 12; length < file.Length - checksum; length += 7)
        {
            AssertRejected(file[..length], ImageFault.Broken, "Save the image again.");
        }
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    [InlineData(SKEncodedImageFormat.Png)]
    public void A_damaged_file_throws_only_InvalidImageException(SKEncodedImageFormat format)
    {
        using Paper paper = new Paper(120, 100, SKColors.White).Write(Test.Pixels(4), 20, 10, 2.5f, SKColors.Black);
        byte[] file = paper.To(format);
        Random random = new(1);
        for (int i = 0; i < 500; i++)
        {
            byte[] damaged = [.. file];
            damaged[random.Next(12, damaged.Length)] ^= (byte)(1 << random.Next(8));

            Exception? exception = Record.Exception(() => DigitImageDecoder.FindEach(damaged));

            Assert.True(exception is null or InvalidImageException, exception?.ToString());
        }
    }

    [Fact]
    public void Other_formats_are_unknown()
    {
        AssertRejected([], ImageFault.Missing, "The image is empty");
        foreach (byte[] file in new[] { "GIF89a\u0001\0\u0001\0"u8.ToArray(), "BM\0\0\0\0"u8.ToArray(), "RIFF\0\0\0\0WAVEfmt "u8.ToArray(), "<svg/>"u8.ToArray() })
        {
            AssertRejected(file, ImageFault.UnknownFormat, "not a PNG, JPEG or WebP");
        }
    }

    [Fact]
    public void Only_a_PNG_of_28_by_28_is_exact()
    {
        byte[] exact = PngWriter.Gray(Test.Pixels(0));
        using Paper paper = new(28, 28, SKColors.White);

        Assert.True(DigitImageDecoder.IsExact(exact));
        Assert.True(DigitImageDecoder.IsExact(exact.AsSpan(0, 24)));
        Assert.False(DigitImageDecoder.IsExact(exact.AsSpan(0, 23)));
        Assert.False(DigitImageDecoder.IsExact(PngWriter.Gray(new byte[28 * 29], 28, 29)));
        Assert.False(DigitImageDecoder.IsExact(paper.To(SKEncodedImageFormat.Jpeg)));
        Assert.False(DigitImageDecoder.IsExact([]));
    }

    private static void AssertRejected(byte[] file, ImageFault fault, string advice)
    {
        InvalidImageException exception = Assert.Throws<InvalidImageException>(() => DigitImageDecoder.Fit(file));
        Assert.Equal(fault, exception.Fault);
        Assert.Contains(advice, exception.Message, StringComparison.Ordinal);
    }
}
