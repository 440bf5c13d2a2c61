using System.Collections.Concurrent;
using RnnService.Model.Images;
using RnnService.Model.Kernels.Threads;

namespace RnnService.Model.Inference;

/// <summary>
/// Decodes and normalizes images of any size, see <see cref="DigitImageDecoder.FitLargest"/> and <see cref="DigitImageDecoder.FindEach"/>, on threads of its own with low priority. An
/// image takes up to 0.2 GB and some hundredths of a second, a PNG of 50 megapixels more than a second, so the number of threads limits the memory, and no thread of the thread pool is
/// occupied. The queue is unbounded: callers limit their number. Thread-safe.
/// </summary>
public sealed class DigitFitter : IDisposable
{
    private readonly BlockingCollection<Func<Action>> queue = [];
    private readonly BlockingCollection<Action> completions = [];
    private readonly Thread[] threads;
    private readonly Thread completing;

    /// <summary>Starts the threads.</summary>
    /// <param name="threads">Number of images that are decoded simultaneously, at least 1.</param>
    public DigitFitter(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        this.threads = [.. Enumerable.Range(0, threads).Select(_ => Start(FitAll))];
        completing = Start(CompleteAll);
    }

    private delegate T Decoding<T>(ReadOnlySpan<byte> file, Inversion inversion);

    /// <summary>Decodes and normalizes an image.</summary>
    /// <param name="file">The whole file. It must not change until the task is complete.</param>
    /// <param name="inversion">Whether to invert the image.</param>
    /// <param name="cancellation">Skips the image if its decoding has not started.</param>
    /// <exception cref="InvalidImageException">The image cannot be used; see <see cref="DigitImageDecoder.FitLargest"/>.</exception>
    /// <exception cref="OperationCanceledException">The decoding was cancelled before it started.</exception>
    public Task<FittedDigit> FitAsync(ReadOnlyMemory<byte> file, Inversion inversion = Inversion.Auto, CancellationToken cancellation = default) =>
        EnqueueAsync(DigitImageDecoder.FitLargest, file, inversion, cancellation);

    /// <summary>Decodes an image and finds all digits in it.</summary>
    /// <param name="file">The whole file. It must not change until the task is complete.</param>
    /// <param name="inversion">Whether to invert the image.</param>
    /// <param name="cancellation">Skips the image if its decoding has not started.</param>
    /// <exception cref="InvalidImageException">The image cannot be used; see <see cref="DigitImageDecoder.FindEach"/>.</exception>
    /// <exception cref="OperationCanceledException">The decoding was cancelled before it started.</exception>
    public Task<IReadOnlyList<FoundDigit>> FindEachAsync(ReadOnlyMemory<byte> file, Inversion inversion = Inversion.Auto, CancellationToken cancellation = default) =>
        EnqueueAsync(DigitImageDecoder.FindEach, file, inversion, cancellation);

    /// <summary>Decodes what is queued, and ends the threads.</summary>
    public void Dispose()
    {
        queue.CompleteAdding();
        Array.ForEach(threads, thread => thread.Join());
        completions.CompleteAdding();
        completing.Join();
        queue.Dispose();
        completions.Dispose();
    }

    /// <summary>Decodes an image, and returns how its task completes.</summary>
    private static Action Decode<T>(Decoding<T> decoding, TaskCompletionSource<T> decoded, ReadOnlyMemory<byte> file, Inversion inversion, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            return () => decoded.SetCanceled(cancellation);
        }

        try
        {
            T result = decoding(file.Span, inversion);
            return () => decoded.SetResult(result);
        }
        catch (Exception e)
        {
            return () => decoded.SetException(e);
        }
    }

    private static Thread Start(ThreadStart run)
    {
        Thread thread = new(run) { IsBackground = true, Name = nameof(DigitFitter) };
        thread.Start();
        return thread;
    }

    private Task<T> EnqueueAsync<T>(Decoding<T> decoding, ReadOnlyMemory<byte> file, Inversion inversion, CancellationToken cancellation)
    {
        TaskCompletionSource<T> decoded = new(TaskCreationOptions.RunContinuationsAsynchronously);
        queue.Add(() => Decode(decoding, decoded, file, inversion, cancellation), CancellationToken.None);
        return decoded.Task;
    }

    private void FitAll()
    {
        IdleScheduling.SetForThisThread();
        foreach (Func<Action> fit in queue.GetConsumingEnumerable())
        {
            completions.Add(fit());
        }
    }

    /// <summary>Completes tasks at normal priority. A thread that the thread pool starts for their continuations inherits the priority of the thread that completes them.</summary>
    private void CompleteAll()
    {
        foreach (Action complete in completions.GetConsumingEnumerable())
        {
            complete();
        }
    }
}
