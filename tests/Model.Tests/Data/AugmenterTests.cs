using RnnService.Model.Data;
using RnnService.Testing;

namespace RnnService.Model.Tests.Data;

public class AugmenterTests
{
    private const int Side = 28;

    private static readonly byte[] Blank = new byte[Side * Side];

    private static readonly byte[] Full = [.. Enumerable.Repeat((byte)255, Side * Side)];

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
        Augmenter augmenter = new(Augmentation.Handwriting, seed: 1);
        byte[] digit = Digits.Pixels(7).ToArray();
        int label = Digits.Labels[7];
        byte[][] images = [.. Enumerable.Range(0, 700).Where(index => !IsDrawn(augmenter, index, label)).Select(index => Apply(augmenter, digit, epoch: 1, index, label)).Take(500)];

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
        double MeanWidth(int digit) =>
            Enumerable.Range(0, 700).Where(index => !IsDrawn(augmenter, index, digit)).Average(index => Width(Apply(augmenter, stem, epoch: 1, index, digit), firstRow, lastRow));

        Assert.True(MeanWidth(label) > MeanWidth(0) + 1, $"The stem is {MeanWidth(label)} pixels wide with label {label}, and {MeanWidth(0)} with label 0.");
        Assert.InRange(MeanWidth(3), MeanWidth(0) - 1, MeanWidth(0) + 1);
    }

    [Fact]
    public void Handwriting_replaces_a_quarter_of_the_images_by_drawings_of_the_same_digit()
    {
        Augmenter augmenter = new(Augmentation.Handwriting, seed: 1);
        double[][] drawings = new double[10][];
        for (int digit = 0; digit < 10; digit++)
        {
            byte[][] drawn = [.. Enumerable.Range(0, 1_000).Where(index => IsDrawn(augmenter, index, digit)).Select(index => Apply(augmenter, Blank, epoch: 1, index, digit))];
            Assert.InRange(drawn.Length, 200, 300);
            Assert.Equal(drawn.Length, drawn.DistinctBy(Convert.ToHexString).Count());
            drawings[digit] = Mean(drawn);
        }

        // What distinguishes the mean drawing of a digit from those of the others also distinguishes the mean digit of MNIST.
        double[][] scanned = [.. Enumerable.Range(0, 10).Select(digit => Mean([.. Enumerable.Range(0, 2_000).Where(i => Digits.Labels[i] == digit).Select(i => Digits.Pixels(i).ToArray())]))];
        double[][] differences = Centered(scanned);
        Assert.Equal(Enumerable.Range(0, 10), Centered(drawings).Select(drawing => Enumerable.Range(0, 10).MaxBy(digit => Similarity(drawing, differences[digit]))));
    }

    [Fact]
    public void Handwriting_accepts_blank_and_full_images()
    {
        Augmenter augmenter = new(Augmentation.Handwriting, seed: 2);
        for (int index = 0; index < 500; index++)
        {
            Assert.Equal(255, Apply(augmenter, Full, epoch: 1, index, label: index % 10).Max());

            // With this seed, no speck is blurred into the corner.
            Assert.Equal(0, Apply(augmenter, Blank, epoch: 1, index, label: index % 10)[0]);
        }
    }

    /// <summary>Whether the image is replaced by a drawing, which does not depend on the image.</summary>
    private static bool IsDrawn(Augmenter augmenter, int index, int label) => Apply(augmenter, Blank, epoch: 1, index, label).AsSpan().SequenceEqual(Apply(augmenter, Full, epoch: 1, index, label));

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

    private static double[] Mean(byte[][] images) => [.. Enumerable.Range(0, Side * Side).Select(pixel => images.Average(image => image[pixel]))];

    private static double[][] Centered(double[][] images) => [.. images.Select(image => image.Select((value, pixel) => value - images.Average(other => other[pixel])).ToArray())];

    private static double Similarity(double[] first, double[] second) => first.Zip(second, (a, b) => a * b).Sum() / Math.Sqrt(second.Sum(b => b * b));

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
