using System.Buffers.Binary;
using System.Text;
using RnnService.Model.Images;
using RnnService.Testing;
using SkiaSharp;

namespace RnnService.Model.Tests.Images;

public class LargeImageTests
{
    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    public void A_digit_is_found_in_an_image_of_50_megapixels(SKEncodedImageFormat format)
    {
        using Paper paper = new Paper(10_000, 5_000, SKColors.White).Write(Mnist.Data.Test.Pixels(4), 6_000, 1_000, 70, SKColors.Black);

        FoundDigit found = Assert.Single(DigitImageDecoder.FindEach(paper.To(format)));

        Assert.InRange(FittedDistance.To(found.Image, 4), 0, 30);
        Assert.InRange(found.Box.X, 6_000, 7_000);
        Assert.InRange(found.Box.Height, 18 * 70, 23 * 70);
    }

    [Fact]
    public void A_file_that_is_too_large_is_rejected()
    {
        byte[] png = PngWriter.Gray(new byte[28 * 28]);

        AssertRejected([.. png, .. new byte[20_000_001 - png.Length]], "20,000,001 bytes");
    }

    [Fact]
    public void A_decompression_bomb_is_rejected_before_it_is_decompressed()
    {
        byte[] bomb = PngWriter.Gray(new byte[28 * 28]);
        BinaryPrimitives.WriteInt32BigEndian(bomb.AsSpan(16), 10_000);
        BinaryPrimitives.WriteInt32BigEndian(bomb.AsSpan(20), 10_000);

        long before = GC.GetAllocatedBytesForCurrentThread();
        AssertRejected(bomb, "10000×10000");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void A_large_image_that_cannot_be_scaled_while_it_is_decoded_is_rejected()
    {
        byte[] interlaced = new PngWriter(28, 28, PngColorType.Gray, 8) { Interlaced = true }.Write((_, _, _) => 0);
        BinaryPrimitives.WriteInt32BigEndian(interlaced.AsSpan(16), 4_001);
        BinaryPrimitives.WriteInt32BigEndian(interlaced.AsSpan(20), 4_000);
        using Paper paper = new(8, 8, SKColors.White);
        byte[] progressive = paper.To(SKEncodedImageFormat.Jpeg);
        int frame = progressive.AsSpan().IndexOf(new byte[] { 0xff, 0xc0 });
        progressive[frame + 1] = 0xc2;
        BinaryPrimitives.WriteInt16BigEndian(progressive.AsSpan(frame + 5), 4_000);
        BinaryPrimitives.WriteInt16BigEndian(progressive.AsSpan(frame + 7), 4_001);

        AssertRejected(interlaced, "4001×4000, but an interlaced PNG");
        AssertRejected(progressive, "at most 16 megapixels");
        AssertRejected([.. progressive[..frame], 0xff, .. progressive[frame..]], "at most 16 megapixels");
        AssertRejected(FirstScanOfThree(progressive, frame), "at most 16 megapixels");
        AssertRejected(LosslessWebP(4_001, 4_000), "at most 16 megapixels");
    }

    [Fact]
    public void An_interlaced_image_is_scaled_like_any_other()
    {
        byte[] digit = Mnist.Data.Test.Pixels(4).ToArray();
        byte[] png = new PngWriter(2_100, 1_600, PngColorType.Gray, 8) { Interlaced = true }.Write((x, y, _) => x / 50 < 28 && y / 50 < 28 ? digit[(y / 50 * 28) + (x / 50)] : 0);

        Assert.InRange(FittedDistance.To(DigitImageDecoder.Fit(png), 4), 0, 30);
    }

    /// <summary>The same image, not progressive, whose first scan has one of its three components.</summary>
    private static byte[] FirstScanOfThree(byte[] jpeg, int frame)
    {
        int scan = jpeg.AsSpan().IndexOf(new byte[] { 0xff, 0xda });
        byte[] one = [0xff, 0xda, 0, 8, 1, jpeg[scan + 5], 0, 0, 63, 0];
        byte[] several = [.. jpeg[..scan], .. one, .. jpeg[(scan + 14)..]];
        several[frame + 1] = 0xc0;
        return several;
    }

    /// <summary>The header of a lossless WebP of this size, after a color profile of many bytes.</summary>
    private static byte[] LosslessWebP(int width, int height)
    {
        using SKBitmap bitmap = new(new SKImageInfo(8, 8, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using SKPixmap pixels = bitmap.PeekPixels();
        using SKData small = pixels.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, 0))!;
        byte[] lossless = small.ToArray()[12..];

        // The chunk's header and signature take 9 bytes; then follow width and height, 14 bits each.
        uint header = BinaryPrimitives.ReadUInt32LittleEndian(lossless.AsSpan(9)) & 0xf000_0000;
        BinaryPrimitives.WriteUInt32LittleEndian(lossless.AsSpan(9), header | (uint)(width - 1) | ((uint)(height - 1) << 14));
        byte[] size = [(byte)(width - 1), (byte)((width - 1) >> 8), 0, (byte)(height - 1), (byte)((height - 1) >> 8), 0];
        byte[] chunks = [.. Chunk("VP8X", [0x20, 0, 0, 0, .. size]), .. Chunk("ICCP", new byte[5_001]), .. lossless];
        return Chunk("RIFF", [.. "WEBP"u8, .. chunks]);
    }

    private static byte[] Chunk(string name, byte[] content)
    {
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, content.Length);
        return [.. Encoding.ASCII.GetBytes(name), .. length, .. content, .. new byte[content.Length % 2]];
    }

    private static void AssertRejected(byte[] file, string advice)
    {
        InvalidImageException exception = Assert.Throws<InvalidImageException>(() => DigitImageDecoder.Fit(file));
        Assert.Equal(ImageFault.WrongSize, exception.Fault);
        Assert.Contains(advice, exception.Message, StringComparison.Ordinal);
    }
}
