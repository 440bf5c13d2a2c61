using RnnService.Model.Data;
using RnnService.Model.Images;
using RnnService.Model.Kernels.Threads;
using RnnService.Model.Networks;
using static TorchSharp.torch;

namespace RnnService.Model.Training;

/// <summary>Batches of a dataset as tensors.</summary>
public static unsafe class DigitTensors
{
    /// <summary>A batch of images: float32 [indices, 28, 28], each pixel from 0 to 1.</summary>
    /// <param name="data">The dataset.</param>
    /// <param name="indices">Indices of the images, in this order.</param>
    /// <param name="augmenter">Augments the images; null for no augmentation.</param>
    /// <param name="epoch">The epoch, from 1, on which the augmentation depends.</param>
    public static Tensor Images(DigitDataset data, ReadOnlyMemory<int> indices, Augmenter? augmenter = null, int epoch = 1)
    {
        Tensor images = empty(indices.Length, DigitImage.Side, DigitImage.Side);
        nint pixels = (nint)NativeTensor.Pointer(images);
        if (augmenter is null || augmenter.IsNone)
        {
            for (int i = 0; i < indices.Length; i++)
            {
                PixelScaling.Scale(data.Pixels(indices.Span[i]), Image(pixels, i));
            }
        }
        else
        {
            ParallelRanges.Run(indices.Length, together: 1, (first, count) =>
            {
                Span<byte> augmented = stackalloc byte[DigitImage.PixelCount];
                for (int i = first; i < first + count; i++)
                {
                    augmenter.Apply(data.Pixels(indices.Span[i]), epoch, indices.Span[i], data.Labels[indices.Span[i]], augmented);
                    PixelScaling.Scale(augmented, Image(pixels, i));
                }
            });
        }

        GC.KeepAlive(images);
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

    private static Span<float> Image(nint pixels, int index) => new((float*)pixels + ((long)index * DigitImage.PixelCount), DigitImage.PixelCount);
}
