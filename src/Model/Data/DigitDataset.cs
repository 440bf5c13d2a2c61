using RnnService.Model.Images;

namespace RnnService.Model.Data;

/// <summary>Labeled 28×28 images of digits: bytes from 0 (background) to 255 (ink).</summary>
public sealed class DigitDataset
{
    private readonly ReadOnlyMemory<byte> pixels;
    private readonly ReadOnlyMemory<byte> labels;

    /// <summary>Wraps images and their labels, in the same order, without copying them.</summary>
    /// <param name="pixels">[count, 28, 28] in row-major order.</param>
    /// <param name="labels">[count], each from 0 to 9.</param>
    /// <exception cref="ArgumentException">There are not exactly 784 pixels for each label.</exception>
    public DigitDataset(ReadOnlyMemory<byte> pixels, ReadOnlyMemory<byte> labels)
    {
        if (pixels.Length != (long)labels.Length * DigitImage.PixelCount)
        {
            throw new ArgumentException($"{labels.Length} labels need {DigitImage.PixelCount} pixels each, but there are {pixels.Length} pixels.", nameof(pixels));
        }

        this.pixels = pixels;
        this.labels = labels;
    }

    /// <summary>Number of images.</summary>
    public int Count => labels.Length;

    /// <summary>All labels, [count], each from 0 to 9.</summary>
    public ReadOnlySpan<byte> Labels => labels.Span;

    /// <summary>The pixels of an image: [28, 28] in row-major order.</summary>
    /// <param name="index">Index of the image, from 0 to <see cref="Count"/> - 1.</param>
    public ReadOnlySpan<byte> Pixels(int index) => pixels.Span.Slice(index * DigitImage.PixelCount, DigitImage.PixelCount);

    /// <summary>Returns a contiguous range of the images, without copying them.</summary>
    /// <param name="start">Index of the first image.</param>
    /// <param name="count">Number of images.</param>
    public DigitDataset Slice(int start, int count) =>
        new(pixels.Slice(start * DigitImage.PixelCount, count * DigitImage.PixelCount), labels.Slice(start, count));
}
