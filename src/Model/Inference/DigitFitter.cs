using System.Collections.Concurrent;
using RnnService.Model.Images;
using RnnService.Model.Kernels.Threads;

namespace RnnService.Model.Inference;

/// <summary>
/// Decodes and normalizes images of any size, see <see cref="DigitImageDecoder.Fit"/>, at low priority. An image of 2,048×2,048 takes 0.1 s and 20 MB. Threads of its own wait for the
/// results: their number limits the memory, and no thread of the thread pool is occupied. The queue is unbounded: callers limit their number. Thread-safe.
/// </summary>
public sealed class DigitFitter : IDisposable
{
    private readonly BlockingCollection<Action> queue = [];
    private readonly Thread[] threads;

    /// <summary>Starts the threads.</summary>
    /// <param name="threads">Number of images that are decoded simultaneously, at least 1.</param>
    public DigitFitter(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        this.threads = [.. Enumerable.Range(0, threads).Select(_ => new Thread(RunAll) { IsBackground = true, Name = nameof(DigitFitter) })];
        Array.ForEach(this.threads, thread => thread.Start());
    }

    /// <summary>Decodes and normalizes an image.</summary>
    /// <param name="png">The whole file. It must not change until the task is complete.</param>
    /// <param name="inversion">Whether to invert the image.</param>
    /// <param name="cancellation">Skips the image if its decoding has not started.</param>
    /// <exception cref="InvalidImageException">The image cannot be used; see <see cref="DigitImageDecoder.Fit"/>.</exception>
    /// <exception cref="OperationCanceledException">The decoding was cancelled before it started.</exception>
    public Task<DigitImage> FitAsync(ReadOnlyMemory<byte> png, Inversion inversion = Inversion.Auto, CancellationToken cancellation = default)
    {
        TaskCompletionSource<DigitImage> fitted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        queue.Add(
            () =>
            {
                if (cancellation.IsCancellationRequested)
                {
                    fitted.SetCanceled(cancellation);
                    return;
                }

                try
                {
                    fitted.SetResult(LowPriorityScheduler.Instance.Run(() => DigitImageDecoder.Fit(png.Span, inversion)));
                }
                catch (Exception e)
                {
                    fitted.SetException(e);
                }
            },
            CancellationToken.None);
        return fitted.Task;
    }

    /// <summary>Decodes what is queued, and ends the threads.</summary>
    public void Dispose()
    {
        queue.CompleteAdding();
        Array.ForEach(threads, thread => thread.Join());
        queue.Dispose();
    }

    private void RunAll()
    {
        foreach (Action fit in queue.GetConsumingEnumerable())
        {
            fit();
        }
    }
}
