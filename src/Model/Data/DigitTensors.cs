using RnnService.Model.Images;
using static TorchSharp.torch;

namespace RnnService.Model.Data;

/// <summary>Turns bytes into what a network is fed, for training and for serving alike: pixels are scaled here and nowhere else.</summary>
public static class DigitTensors
{
    private const float White = byte.MaxValue;

    /// <summary>A batch of images: float32 [<paramref name="count"/>, 28, 28], each pixel from 0 to 1.</summary>
    /// <param name="count">How many images the batch has.</param>
    /// <param name="pixels">An image's 784 bytes, by its place in the batch.</param>
    public static Tensor Images(int count, Func<int, ReadOnlySpan<byte>> pixels)
    {
        float[] scaled = new float[count * DigitImage.PixelCount];
        for (int image = 0; image < count; image++)
        {
            Span<float> target = scaled.AsSpan(image * DigitImage.PixelCount, DigitImage.PixelCount);
            ReadOnlySpan<byte> source = pixels(image);
            for (int i = 0; i < target.Length; i++)
            {
                target[i] = source[i] / White;
            }
        }

        return tensor(scaled, [count, DigitImage.Side, DigitImage.Side]);
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
}
