using RnnService.Model.Data;
using RnnService.Model.Images;
using RnnService.Model.Kernels.Threads;
using RnnService.Model.Networks;
using static TorchSharp.torch;

namespace RnnService.Model.Training;

/// <summary>A batch of images, which are augmented in the gaps left by training on the previous batch. It owns its tensors and must be disposed.</summary>
internal sealed unsafe class TrainingBatch : IDisposable
{
    // Augmenting six images takes about a quarter of a millisecond.
    private const int ImagesTogether = 6;

    private readonly Tensor images;
    private readonly Task ready;

    private TrainingBatch(DigitDataset data, ReadOnlyMemory<int> indices, Augmenter? augmenter, int epoch)
    {
        Count = indices.Length;
        Labels = DigitTensors.Labels(data, indices);
        images = empty(Count, DigitImage.Side, DigitImage.Side);
        float* pixels = NativeTensor.Pointer(images);
        ready = ParallelRanges.RunInGaps(Count, ImagesTogether, (first, count) =>
        {
            Span<byte> augmented = stackalloc byte[DigitImage.PixelCount];
            for (int i = first; i < first + count; i++)
            {
                int index = indices.Span[i];
                ReadOnlySpan<byte> source = data.Pixels(index);
                augmenter?.Apply(source, epoch, index, data.Labels[index], augmented);
                PixelScaling.Scale(augmenter is null ? source : augmented, new Span<float>(pixels + ((long)i * DigitImage.PixelCount), DigitImage.PixelCount));
            }
        });
    }

    /// <summary>Number of images.</summary>
    public int Count { get; }

    /// <summary>Float32 [count, 28, 28], each pixel from 0 to 1. Waits until they are augmented.</summary>
    public Tensor Images
    {
        get
        {
            ready.GetAwaiter().GetResult();
            return images;
        }
    }

    /// <summary>int64 [count].</summary>
    public Tensor Labels { get; }

    /// <summary>The batches of an epoch. While one is trained, the next one is augmented. Each is disposed of when the next one is requested.</summary>
    /// <param name="data">The dataset.</param>
    /// <param name="batches">Indices of the images of each batch.</param>
    /// <param name="augmenter">Augments the images; null for no augmentation.</param>
    /// <param name="epoch">The epoch, from 1, on which the augmentation depends.</param>
    public static IEnumerable<TrainingBatch> Of(DigitDataset data, IEnumerable<ReadOnlyMemory<int>> batches, Augmenter? augmenter, int epoch)
    {
        TrainingBatch? next = null;
        try
        {
            foreach (ReadOnlyMemory<int> indices in batches)
            {
                using TrainingBatch? current = next;
                next = new TrainingBatch(data, indices, augmenter, epoch);
                if (current is not null)
                {
                    yield return current;
                }
            }

            if (next is not null)
            {
                yield return next;
            }
        }
        finally
        {
            next?.Dispose();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        // The memory of the images must not be released while it is written. A fault is reported by Images.
        Task.WaitAny(ready);
        images.Dispose();
        Labels.Dispose();
    }
}
