using RnnService.Model.Images;

namespace RnnService.Model.Data;

/// <summary>Labelled 28×28 images of digits, as bytes: 0 is the background and 255 the ink.</summary>
public sealed class DigitDataset
{
    private readonly ReadOnlyMemory<byte> pixels;
    private readonly ReadOnlyMemory<byte> labels;

    /// <summary>Images and their labels, in the same order.</summary>
    /// <param name="pixels">[count, 28, 28], row by row.</param>
    /// <param name="labels">[count], each from 0 to 9.</param>
    /// <exception cref="ArgumentException">There are not 784 pixels for each label.</exception>
    public DigitDataset(ReadOnlyMemory<byte> pixels, ReadOnlyMemory<byte> labels)
    {
        if (pixels.Length != (long)labels.Length * DigitImage.PixelCount)
        {
            throw new ArgumentException($"{labels.Length} labels need {DigitImage.PixelCount} pixels each, but there are {pixels.Length} pixels.", nameof(pixels));
        }

        this.pixels = pixels;
        this.labels = labels;
    }

    /// <summary>How many images there are.</summary>
    public int Count => labels.Length;

    /// <summary>All labels, [count], each from 0 to 9.</summary>
    public ReadOnlySpan<byte> Labels => labels.Span;

    /// <summary>One image's pixels, [28, 28] row by row.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    public ReadOnlySpan<byte> Pixels(int index) => pixels.Span.Slice(index * DigitImage.PixelCount, DigitImage.PixelCount);

    /// <summary>A run of images, without copying them.</summary>
    /// <param name="start">The first image.</param>
    /// <param name="count">How many.</param>
    public DigitDataset Slice(int start, int count) =>
        new(pixels.Slice(start * DigitImage.PixelCount, count * DigitImage.PixelCount), labels.Slice(start, count));
}
