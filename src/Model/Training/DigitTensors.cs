using RnnService.Model.Data;
using RnnService.Model.Images;
using RnnService.Model.Networks;
using static TorchSharp.torch;

namespace RnnService.Model.Training;

/// <summary>Batches of a dataset as tensors.</summary>
public static class DigitTensors
{
    /// <summary>A batch of images: float32 [indices, 28, 28], each pixel from 0 to 1.</summary>
    /// <param name="data">The dataset.</param>
    /// <param name="indices">Indices of the images, in this order.</param>
    public static Tensor Images(DigitDataset data, ReadOnlyMemory<int> indices)
    {
        Tensor images = empty(indices.Length, DigitImage.Side, DigitImage.Side);
        Span<float> pixels = NativeTensor.Span(images);
        for (int i = 0; i < indices.Length; i++)
        {
            PixelScaling.Scale(data.Pixels(indices.Span[i]), pixels.Slice(i * DigitImage.PixelCount, DigitImage.PixelCount));
        }

        return images;
    }

    /// <summary>A batch of labels: int64 [indices].</summary>
    /// <param name="data">The dataset.</param>
    /// <param name="indices">Indices of the labels, in this order.</param>
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
