using RnnService.Model.Images;

namespace RnnService.Model.Data;

/// <summary>
/// Changes training images at random, bytes to bytes. What becomes of an image depends on the seed, the epoch and the image alone:
/// not on the batch that it is in, nor on what else was drawn, so a training that goes on in the middle sees what it would have seen.
/// </summary>
/// <param name="augmentation">How images are changed.</param>
/// <param name="seed">What the changes are drawn from.</param>
public sealed class Augmenter(Augmentation augmentation, int seed)
{
    // A distorted image takes a few microseconds: handing fewer than this to other threads takes longer.
    private const int ParallelCount = 32;

    /// <summary>A batch's images as one epoch sees them, by their place in the batch.</summary>
    /// <param name="data">Where the images are. They are left as they are.</param>
    /// <param name="indices">Which of them, in this order.</param>
    /// <param name="epoch">The epoch, from 1.</param>
    public Func<int, ReadOnlySpan<byte>> Pixels(DigitDataset data, ReadOnlyMemory<int> indices, int epoch)
    {
        if (augmentation == Augmentation.None)
        {
            return i => data.Pixels(indices.Span[i]);
        }

        byte[] changed = new byte[indices.Length * DigitImage.PixelCount];
        ParallelOptions threads = new() { MaxDegreeOfParallelism = indices.Length < ParallelCount ? 1 : -1 };
        Parallel.For(0, indices.Length, threads, i => Change(data.Pixels(indices.Span[i]), epoch, indices.Span[i], Image(changed, i)));
        return i => Image(changed, i);
    }

    private static Span<byte> Image(byte[] pixels, int index) => pixels.AsSpan(index * DigitImage.PixelCount, DigitImage.PixelCount);

    private void Change(ReadOnlySpan<byte> source, int epoch, int index, Span<byte> target)
    {
        SplitMix64 random = new(seed, epoch, index);
        switch (augmentation)
        {
            case Augmentation.Shift:
                Shift(source, random.NextInteger(3) - 1, random.NextInteger(3) - 1, target);
                break;
            case Augmentation.Distort:
                Distortion.Apply(source, random, target);
                break;
            default:
                throw new InvalidOperationException($"There is no augmentation {augmentation}.");
        }
    }

    /// <summary>Moves an image by whole pixels; what comes in is background.</summary>
    private static void Shift(ReadOnlySpan<byte> source, int right, int down, Span<byte> target)
    {
        const int side = DigitImage.Side;
        int width = side - Math.Abs(right);
        for (int row = Math.Max(0, down); row < Math.Min(side, side + down); row++)
        {
            ReadOnlySpan<byte> from = source.Slice(((row - down) * side) + Math.Max(0, -right), width);
            from.CopyTo(target[((row * side) + Math.Max(0, right))..]);
        }
    }
}
