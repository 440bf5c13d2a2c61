using RnnService.Model.Data;
using RnnService.Model.Images;
using RnnService.Testing;

namespace RnnService.Model.Tests.Images;

public class DigitImageDecoderTests
{
    private static readonly DigitDataset Test = Mnist.Data.Test;

    [Fact]
    public void Grayscale_images_are_decoded_unchanged()
    {
        for (int i = 0; i < Test.Count; i++)
        {
            Assert.True(Test.Pixels(i).SequenceEqual(DigitImageDecoder.Decode(PngWriter.Gray(Test.Pixels(i))).Pixels), $"Decoding changed test image {i}.");
        }
    }

    [Theory]
    [InlineData(PngColorType.Gray, 1)]
    [InlineData(PngColorType.Gray, 2)]
    [InlineData(PngColorType.Gray, 4)]
    [InlineData(PngColorType.Gray, 8)]
    [InlineData(PngColorType.Gray, 16)]
    [InlineData(PngColorType.GrayAlpha, 8)]
    [InlineData(PngColorType.GrayAlpha, 16)]
    [InlineData(PngColorType.Rgb, 8)]
    [InlineData(PngColorType.Rgb, 16)]
    [InlineData(PngColorType.Rgba, 8)]
    [InlineData(PngColorType.Rgba, 16)]
    public void Every_color_type_and_bit_depth_is_supported_with_and_without_interlacing(PngColorType colorType, int depth)
    {
        int levels = (1 << depth) - 1;
        byte[] expected = [.. Test.Pixels(0).ToArray().Select(pixel => (byte)(Quantize(pixel, levels) * byte.MaxValue / levels))];

        foreach (bool interlaced in new[] { false, true })
        {
            PngWriter writer = new(28, 28, colorType, depth) { Interlaced = interlaced };
            byte[] png = writer.Write((x, y, channel) => IsAlpha(colorType, channel) ? levels : Quantize(Test.Pixels(0)[(y * 28) + x], levels));

            Assert.Equal(expected, DigitImageDecoder.Decode(png).Pixels);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Palette_indices_are_mapped_to_colors(int depth)
    {
        // The palette runs from white to black, so that no index equals its gray value.
        int last = (1 << depth) - 1;
        byte[] palette = [.. Enumerable.Range(0, last + 1).SelectMany(i => Enumerable.Repeat((byte)(255 - (i * 255 / last)), 3))];
        PngWriter writer = new(28, 28, PngColorType.Palette, depth) { Extra = [("PLTE", palette)] };

        byte[] png = writer.Write((x, y, _) => last - Quantize(Test.Pixels(0)[(y * 28) + x], last));

        byte[] expected = [.. Test.Pixels(0).ToArray().Select(pixel => palette[3 * (last - Quantize(pixel, last))])];
        Assert.Equal(expected, DigitImageDecoder.Decode(png).Pixels);
    }

    [Fact]
    public void Colors_are_converted_to_gray_with_BT601_weights()
    {
        byte[] png = new PngWriter(28, 28, PngColorType.Rgb, 8).Write((x, _, channel) => x % 3 == channel ? 255 : 0);

        Assert.Equal(new byte[] { 76, 150, 29 }, DigitImageDecoder.Decode(png, Inversion.Never).Pixels[..3]);
    }

    [Fact]
    public void Gamma_and_chromaticity_chunks_are_ignored()
    {
        PngWriter writer = new(28, 28, PngColorType.Gray, 8)
        {
            Extra = [("gAMA", [0, 0, 0x27, 0x10]), ("cHRM", [.. Enumerable.Range(0, 8).SelectMany(i => new byte[] { 0, 0, 0x50, (byte)(i * 9) })])],
        };

        byte[] png = writer.Write((x, y, _) => Test.Pixels(0)[(y * 28) + x]);

        Assert.Equal(Test.Pixels(0), DigitImageDecoder.Decode(png).Pixels);
    }

    [Fact]
    public void Images_with_a_light_border_are_inverted_unless_disabled()
    {
        byte[] paper = [.. Test.Pixels(0).ToArray().Select(pixel => (byte)(255 - pixel))];
        byte[] png = PngWriter.Gray(paper);

        Assert.Equal(Test.Pixels(0), DigitImageDecoder.Decode(png).Pixels);
        Assert.Equal(Test.Pixels(0), DigitImageDecoder.Decode(png, Inversion.Always).Pixels);
        Assert.Equal(paper, DigitImageDecoder.Decode(png, Inversion.Never).Pixels);
        Assert.Equal(paper, DigitImageDecoder.Decode(PngWriter.Gray(Test.Pixels(0)), Inversion.Always).Pixels);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    public void Ink_of_any_color_on_a_transparent_background_is_detected(int ink)
    {
        byte[] png = new PngWriter(28, 28, PngColorType.Rgba, 8).Write((x, y, channel) => channel == 3 ? Test.Pixels(0)[(y * 28) + x] : ink);

        Assert.Equal(Test.Pixels(0), DigitImageDecoder.Decode(png).Pixels);
    }

    [Fact]
    public void An_empty_file_is_rejected() => AssertRejected([], ImageFault.Missing, "The image is empty.");

    [Fact]
    public void A_file_that_is_not_a_PNG_is_rejected() => AssertRejected("seven"u8.ToArray(), ImageFault.UnknownFormat, "not a PNG");

    [Fact]
    public void An_image_that_is_not_28_by_28_is_rejected() => AssertRejected(PngWriter.Gray(new byte[29 * 28], 29, 28), ImageFault.WrongSize, "The image is 29×28, but it must be 28×28.");

    [Fact]
    public void A_decompression_bomb_is_rejected_before_it_is_decompressed()
    {
        byte[] bomb = PngWriter.Gray(new byte[100_000_000], 10_000, 10_000);

        long before = GC.GetAllocatedBytesForCurrentThread();
        AssertRejected(bomb, ImageFault.WrongSize, "10000×10000");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void A_file_truncated_at_any_position_is_rejected()
    {
        byte[] png = PngWriter.Gray(Test.Pixels(0));
        const int checksum = 4;

        for (int length = 8; length < png.Length - checksum; length++)
        {
            AssertRejected(png[..length], ImageFault.Broken, "Save the image again.");
        }
    }

    [Fact]
    public void A_damaged_file_throws_only_InvalidImageException()
    {
        byte[] png = PngWriter.Gray(Test.Pixels(0));
        Random random = new(1);
        int rejected = 0;
        for (int i = 0; i < 2_000; i++)
        {
            byte[] damaged = [.. png];
            damaged[random.Next(8, damaged.Length)] ^= (byte)(1 << random.Next(8));
            rejected += Record.Exception(() => DigitImageDecoder.Decode(damaged)) switch
            {
                null => 0,
                InvalidImageException => 1,
                Exception other => throw other,
            };
        }

        Assert.InRange(rejected, 1_000, 2_000);
    }

    private static int Quantize(byte pixel, int levels) => ((pixel * levels) + 127) / byte.MaxValue;

    private static bool IsAlpha(PngColorType colorType, int channel) =>
        (colorType == PngColorType.GrayAlpha && channel == 1) || (colorType == PngColorType.Rgba && channel == 3);

    private static void AssertRejected(byte[] png, ImageFault fault, string advice)
    {
        InvalidImageException exception = Assert.Throws<InvalidImageException>(() => DigitImageDecoder.Decode(png));
        Assert.Equal(fault, exception.Fault);
        Assert.Contains(advice, exception.Message, StringComparison.Ordinal);
    }
}
