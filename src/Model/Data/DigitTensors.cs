using RnnService.Model.Images;
using RnnService.Model.Kernels;
using static TorchSharp.torch;

namespace RnnService.Model.Data;

/// <summary>Turns bytes into what a network is fed, for training and for serving alike: pixels are scaled here and nowhere else.</summary>
public static class DigitTensors
{
    /// <summary>What each byte becomes, 0 to 1.</summary>
    private static readonly float[] Scaled = [.. Enumerable.Range(0, byte.MaxValue + 1).Select(value => (float)value / byte.MaxValue)];

    /// <summary>A batch of images: float32 [<paramref name="count"/>, 28, 28], each pixel from 0 to 1.</summary>
    /// <param name="count">How many images the batch has.</param>
    /// <param name="pixels">An image's 784 bytes, by its place in the batch.</param>
    public static Tensor Images(int count, Func<int, ReadOnlySpan<byte>> pixels)
    {
        Tensor images = empty(count, DigitImage.Side, DigitImage.Side);
        Span<float> scaled = NativeTensor.Span(images);
        for (int image = 0; image < count; image++)
        {
            Scale(pixels(image), scaled.Slice(image * DigitImage.PixelCount, DigitImage.PixelCount));
        }

        return images;
    }

    /// <summary>The images of a data set at some indices: float32 [indices, 28, 28], each pixel from 0 to 1.</summary>
    /// <param name="data">Where the images are.</param>
    /// <param name="indices">Which of them, in this order.</param>
    public static Tensor Images(DigitDataset data, ReadOnlyMemory<int> indices) =>
        Images(indices.Length, i => data.Pixels(indices.Span[i]));

    /// <summary>The labels of a data set at some indices: int64 [indices].</summary>
    /// <param name="data">Where the labels are.</param>
    /// <param name="indices">Which of them, in this order.</param>
    public static Tensor Labels(DigitDataset data, ReadOnlyMemory<int> indices)
    {
        long[] labels = new long[indices.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = data.Labels[indices.Span[i]];
        }

        return tensor(labels);
    }

    private static void Scale(ReadOnlySpan<byte> pixels, Span<float> scaled)
    {
        for (int i = 0; i < scaled.Length; i++)
        {
            scaled[i] = Scaled[pixels[i]];
        }
    }
}
