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
    [InlineData(Augmentation.Handwriting)]
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

    [Fact]
    public void Handwriting_normalizes_the_digit_with_small_errors()
    {
        byte[][] images = Batch(Augmentation.Handwriting, 1, 1, [.. Enumerable.Range(0, 1_000)]);

        Assert.All(images, image => Assert.Equal(255, image.Max()));
        Assert.All(images, image => Assert.InRange(Center(image, column: true), 8, 20));
        Assert.All(images, image => Assert.InRange(Center(image, column: false), 8, 20));
        int[] sides = [.. images.Select(image => Math.Max(Width(image, 0, Side), Height(image)))];
        Assert.InRange(sides.Average(), 19, 23);
        Assert.True(sides.Count(side => side is >= 16 and <= 26) >= 950, "Many digits are too large or too small.");
    }

    [Fact]
    public void Handwriting_varies_the_amount_of_ink_and_the_proportions()
    {
        int[] epochs = [.. Enumerable.Range(1, 500)];
        byte[][] images = [.. epochs.Select(epoch => Augment(Augmentation.Handwriting, seed: 1, epoch, 7))];

        double[] ink = [.. images.Select(image => (double)Ink(image)).Order()];
        double[] proportions = [.. images.Select(image => (double)Width(image, 0, Side) / Height(image)).Order()];
        Assert.True(ink[450] > 1.5 * ink[50], $"The amount of ink varies from {ink[50]} to {ink[450]}.");
        Assert.True(proportions[450] > 1.3 * proportions[50], $"The proportions vary from {proportions[50]} to {proportions[450]}.");
    }

    [Theory]
    [InlineData(1, 0, 14)]
    [InlineData(7, 8, 20)]
    public void Handwriting_adds_strokes_to_ones_and_sevens_only(int label, int firstRow, int lastRow)
    {
        // A vertical stem.
        byte[] stem = new byte[Side * Side];
        for (int row = 4; row < 24; row++)
        {
            stem.AsSpan((row * Side) + 13, 2).Fill(255);
        }

        Augmenter augmenter = new(Augmentation.Handwriting, seed: 1);
        double MeanWidth(int digit) => Enumerable.Range(0, 500).Average(index => Width(Apply(augmenter, stem, epoch: 1, index, digit), firstRow, lastRow));

        Assert.True(MeanWidth(label) > MeanWidth(0) + 1, $"The stem is {MeanWidth(label)} pixels wide with label {label}, and {MeanWidth(0)} with label 0.");
        Assert.InRange(MeanWidth(3), MeanWidth(0) - 1, MeanWidth(0) + 1);
    }

    [Fact]
    public void Handwriting_accepts_blank_and_full_images()
    {
        Augmenter augmenter = new(Augmentation.Handwriting, seed: 1);
        byte[] full = [.. Enumerable.Repeat((byte)255, Side * Side)];
        for (int index = 0; index < 500; index++)
        {
            Assert.Equal(0, Apply(augmenter, new byte[Side * Side], epoch: 1, index, label: index % 10)[0]);
            Assert.Equal(255, Apply(augmenter, full, epoch: 1, index, label: index % 10).Max());
        }
    }

    private static double Center(byte[] image, bool column) =>
        Enumerable.Range(0, image.Length).Sum(i => (double)image[i] * (column ? i % Side : i / Side)) / Ink(image);

    private static int Width(byte[] image, int firstRow, int lastRow)
    {
        int[] columns = [.. Enumerable.Range(firstRow * Side, (lastRow - firstRow) * Side).Where(i => image[i] >= 64).Select(i => i % Side)];
        return columns.Length == 0 ? 0 : columns.Max() - columns.Min() + 1;
    }

    private static int Height(byte[] image)
    {
        int[] rows = [.. Enumerable.Range(0, image.Length).Where(i => image[i] >= 64).Select(i => i / Side)];
        return rows.Length == 0 ? 0 : rows[^1] - rows[0] + 1;
    }

    private static int Ink(byte[] pixels) => pixels.Sum(pixel => pixel);

    private static byte[] Augment(Augmentation augmentation, int seed, int epoch, int image) => Batch(augmentation, seed, epoch, [image])[0];

    private static byte[][] Batch(Augmentation augmentation, int seed, int epoch, int[] indices)
    {
        Augmenter augmenter = new(augmentation, seed);
        return [.. indices.Select(index => Apply(augmenter, Digits.Pixels(index), epoch, index, Digits.Labels[index]))];
    }

    private static byte[] Apply(Augmenter augmenter, ReadOnlySpan<byte> source, int epoch, int index, int label = 0)
    {
        // Apply must overwrite the whole target.
        byte[] target = [.. Enumerable.Repeat((byte)77, Side * Side)];
        augmenter.Apply(source, epoch, index, label, target);
        return target;
    }
}
