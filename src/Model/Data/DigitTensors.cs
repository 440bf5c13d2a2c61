using RnnService.Model.Images;
using RnnService.Model.Kernels;
using static TorchSharp.torch;

namespace RnnService.Model.Data;

/// <summary>Batches of digits as tensors.</summary>
public static class DigitTensors
{
    /// <summary>A batch of images: float32 [images, 28, 28].</summary>
    /// <param name="images">The images.</param>
    public static Tensor Images(IReadOnlyList<IDigit> images) => Images(images.Count, (image, pixels) => images[image].CopyTo(pixels));

    /// <summary>A batch of images: float32 [<paramref name="count"/>, 28, 28], each pixel from 0 to 1.</summary>
    /// <param name="count">How many images the batch has.</param>
    /// <param name="pixels">An image's 784 bytes, by its place in the batch.</param>
    public static Tensor Images(int count, Func<int, ReadOnlySpan<byte>> pixels) => Images(count, (image, scaled) => PixelScaling.Scale(pixels(image), scaled));

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

    private static Tensor Images(int count, Action<int, Span<float>> copy)
    {
        Tensor images = empty(count, DigitImage.Side, DigitImage.Side);
        Span<float> pixels = NativeTensor.Span(images);
        for (int image = 0; image < count; image++)
        {
            copy(image, pixels.Slice(image * DigitImage.PixelCount, DigitImage.PixelCount));
        }

        return images;
    }
}
