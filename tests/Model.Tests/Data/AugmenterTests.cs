using RnnService.Model.Data;
using RnnService.Testing;

namespace RnnService.Model.Tests.Data;

public class AugmenterTests
{
    private const int Side = 28;

    private static readonly DigitDataset Digits = Mnist.Data.Training;

    [Fact]
    public void None_leaves_images_unchanged() => Assert.Equal(Digits.Pixels(7), Augment(Augmentation.None, seed: 1, epoch: 1, 7));

    [Theory]
    [InlineData(Augmentation.Shift)]
    [InlineData(Augmentation.Distort)]
    public void The_result_depends_only_on_seed_epoch_and_image_index(Augmentation augmentation)
    {
        int[] order = [.. Enumerable.Range(0, 200)];
        int[] reversed = [.. order.Reverse()];

        byte[][] first = Batch(augmentation, 1, 1, order);

        Assert.Equal(first, Batch(augmentation, 1, 1, order));
        Assert.Equal(first, Batch(augmentation, 1, 1, reversed).Reverse());
        Assert.Equal(first[150], Augment(augmentation, 1, 1, 150));
        Assert.NotEqual(first, Batch(augmentation, 1, 2, order));
        Assert.NotEqual(first, Batch(augmentation, 2, 1, order));
    }

    [Fact]
    public void Shift_moves_by_up_to_one_pixel_with_all_nine_offsets_equally_likely()
    {
        // A single pixel in the middle reveals the offset.
        byte[] dot = new byte[Side * Side];
        dot[(14 * Side) + 14] = 200;
        const int count = 9_000;
        Augmenter augmenter = new(Augmentation.Shift, seed: 1);
        byte[][] images = [.. Enumerable.Range(0, count).Select(i => Apply(augmenter, dot, epoch: 1, i))];

        ILookup<int, byte[]> places = images.ToLookup(image => Array.IndexOf(image, (byte)200));

        Assert.Equal([.. from row in new[] { 13, 14, 15 } from column in new[] { 13, 14, 15 } select (row * Side) + column], places.Select(place => place.Key).Order());
        Assert.All(places, place => Assert.InRange(place.Count(), 850, 1_150));
        Assert.All(images, image => Assert.Equal(1, Side * Side - image.AsSpan().Count((byte)0)));
    }

    [Fact]
    public void Shift_loses_only_pixels_that_move_out_of_the_image()
    {
        byte[] full = [.. Enumerable.Repeat((byte)1, Side * Side)];

        int[] kept = [.. Enumerable.Range(1, 100).Select(epoch => Apply(new Augmenter(Augmentation.Shift, 1), full, epoch, index: 0).AsSpan().Count((byte)1)).Distinct().Order()];

        Assert.Equal([27 * 27, 27 * 28, 28 * 28], kept);
    }

    [Fact]
    public void Distortion_preserves_the_total_ink()
    {
        int[] indices = [.. Enumerable.Range(0, 1_000)];

        byte[][] distorted = Batch(Augmentation.Distort, 1, 1, indices);

        double[] ratios = [.. indices.Select(i => (double)Ink(distorted[i]) / Ink(Digits.Pixels(i).ToArray()))];
        Assert.InRange(ratios.Average(), 0.95, 1.05);
        Assert.All(ratios, ratio => Assert.InRange(ratio, 0.4, 1.9));
        Assert.All(indices, i => Assert.False(Digits.Pixels(i).SequenceEqual(distorted[i])));
    }

    private static int Ink(byte[] pixels) => pixels.Sum(pixel => pixel);

    private static byte[] Augment(Augmentation augmentation, int seed, int epoch, int image) => Batch(augmentation, seed, epoch, [image])[0];

    private static byte[][] Batch(Augmentation augmentation, int seed, int epoch, int[] indices)
    {
        Augmenter augmenter = new(augmentation, seed);
        return [.. indices.Select(index => Apply(augmenter, Digits.Pixels(index), epoch, index))];
    }

    private static byte[] Apply(Augmenter augmenter, ReadOnlySpan<byte> source, int epoch, int index)
    {
        // Apply must overwrite the whole target.
        byte[] target = [.. Enumerable.Repeat((byte)77, Side * Side)];
        augmenter.Apply(source, epoch, index, target);
        return target;
    }
}
