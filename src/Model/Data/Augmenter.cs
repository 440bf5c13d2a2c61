using RnnService.Model.Images;
using RnnService.Model.Numerics;

namespace RnnService.Model.Data;

/// <summary>
/// Augments training images. The result depends only on the seed, the epoch and the image, not on the batch or other images, so a resumed training gets the
/// same images as an uninterrupted one. Thread-safe.
/// </summary>
/// <param name="augmentation">The kind of augmentation.</param>
/// <param name="seed">Seed of the augmentation.</param>
public sealed class Augmenter(Augmentation augmentation, int seed)
{
    /// <summary>Augments one image for one epoch.</summary>
    /// <param name="source">[28, 28] bytes in row-major order.</param>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="index">The image's index in the dataset.</param>
    /// <param name="label">The digit that the image shows, from 0 to 9.</param>
    /// <param name="target">Receives [28, 28] bytes.</param>
    public void Apply(ReadOnlySpan<byte> source, int epoch, int index, int label, Span<byte> target)
    {
        SplitMix64 random = new(seed, epoch, index);
        switch (augmentation)
        {
            case Augmentation.None:
                source.CopyTo(target);
                break;
            case Augmentation.Shift:
                Shift(source, random.NextInteger(3) - 1, random.NextInteger(3) - 1, target);
                break;
            case Augmentation.Distort:
                Distortion.Apply(source, random, target);
                break;
            case Augmentation.Handwriting:
                Handwriting.Apply(source, label, random, target);
                break;
            default:
                throw new InvalidOperationException($"Unknown augmentation {augmentation}.");
        }
    }

    /// <summary>Translates an image by whole pixels. Uncovered pixels become background.</summary>
    private static void Shift(ReadOnlySpan<byte> source, int right, int down, Span<byte> target)
    {
        const int side = DigitImage.Side;
        int width = side - Math.Abs(right);
        target.Clear();
        for (int row = Math.Max(0, down); row < Math.Min(side, side + down); row++)
        {
            ReadOnlySpan<byte> from = source.Slice(((row - down) * side) + Math.Max(0, -right), width);
            from.CopyTo(target[((row * side) + Math.Max(0, right))..]);
        }
    }
}
