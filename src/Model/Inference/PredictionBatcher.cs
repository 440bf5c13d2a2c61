using System.Collections.Concurrent;
using System.Diagnostics;
using RnnService.Model.Images;

namespace RnnService.Model.Inference;

/// <summary>
/// Batches the images of concurrent callers: one loop takes the queued images, classifies them in one forward pass, and completes each caller's task. The active classifier is
/// replaced between two batches, never during one.
/// </summary>
public sealed class PredictionBatcher : IDisposable
{
    private readonly BatchingSettings settings;
    private readonly BlockingCollection<PredictionQuestion> queue;
    private readonly Lock classifierLock = new();
    private readonly Thread loop;
    private DigitClassifier? active;

    /// <summary>Starts the loop.</summary>
    /// <param name="settings">The limits of a batch and of the queue.</param>
    public PredictionBatcher(BatchingSettings settings)
    {
        this.settings = settings;
        queue = new BlockingCollection<PredictionQuestion>(settings.QueueLimit);
        loop = new Thread(AnswerAll) { IsBackground = true, Name = nameof(PredictionBatcher) };
        loop.Start();
    }

    /// <summary>Maximum number of images in a forward pass.</summary>
    public int MaxBatch => settings.MaxBatch;

    /// <summary>Whether there is an active classifier.</summary>
    public bool IsServing => active is not null;

    /// <summary>Whether the queue is full, so that another image would be rejected.</summary>
    public bool IsFull => queue.Count >= settings.QueueLimit;

    /// <summary>Maximum number of queued images.</summary>
    public int QueueLimit => settings.QueueLimit;

    /// <summary>Returns the active classifier, which the caller must dispose; null if there is none.</summary>
    public DigitClassifier? ShareActive()
    {
        lock (classifierLock)
        {
            return active?.Share();
        }
    }

    /// <summary>Replaces the active classifier from the next batch on. The previous one is disposed when it is no longer in use.</summary>
    /// <param name="next">The classifier, warmed up; the batcher becomes its owner.</param>
    public void Activate(DigitClassifier next)
    {
        lock (classifierLock)
        {
            active?.Dispose();
            active = next;
        }
    }

    /// <summary>Classifies an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="by">The classifier to use, which the caller may dispose before the task completes; null for the active one.</param>
    /// <param name="trace">Whether to also return the probabilities after each row.</param>
    /// <param name="cancellation">Removes the image from the queue.</param>
    /// <exception cref="PredictionQueueFullException">The queue is full.</exception>
    public async Task<Prediction> ClassifyAsync(IDigit image, DigitClassifier? by = null, bool trace = false, CancellationToken cancellation = default) =>
        await Enqueue(image, by, trace, cancellation);

    /// <summary>Classifies many images. They are queued batch by batch, so that other callers do not wait for all of them.</summary>
    /// <param name="images">The images.</param>
    /// <param name="by">The classifier to use; null for the one that is active at each batch.</param>
    /// <param name="trace">Whether to also return the probabilities after each row.</param>
    /// <param name="cancellation">Removes the images from the queue.</param>
    /// <returns>One prediction for each image, in the same order.</returns>
    /// <exception cref="PredictionQueueFullException">The queue is full; not all images were classified.</exception>
    public async Task<IReadOnlyList<Prediction>> ClassifyAllAsync(IReadOnlyList<IDigit> images, DigitClassifier? by = null, bool trace = false, CancellationToken cancellation = default)
    {
        using CancellationTokenSource refused = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        List<Prediction> predictions = new(images.Count);
        try
        {
            // A traced image takes up to as long as an image for each of its rows.
            int together = trace ? Math.Max(1, settings.MaxBatch / DigitImage.Side) : settings.MaxBatch;
            foreach (IDigit[] batch in images.Chunk(Math.Min(together, settings.QueueLimit)))
            {
                // Queue all images of the batch or none: a part of them would only occupy the queue.
                if (queue.Count + batch.Length > settings.QueueLimit)
                {
                    throw new PredictionQueueFullException(settings.QueueLimit);
                }

                predictions.AddRange(await Task.WhenAll(batch.Select(image => Enqueue(image, by, trace, refused.Token))));
            }

            return predictions;
        }
        catch (PredictionQueueFullException)
        {
            await refused.CancelAsync();
            throw;
        }
    }

    /// <summary>Classifies the queued images, ends the loop, and disposes the active classifier.</summary>
    public void Dispose()
    {
        queue.CompleteAdding();
        loop.Join();
        queue.Dispose();
        active?.Dispose();
    }

    /// <summary>Queues an image. Throws immediately if the queue is full.</summary>
    private Task<Prediction> Enqueue(IDigit image, DigitClassifier? by, bool trace, CancellationToken cancellation)
    {
        PredictionQuestion question = new(image, by?.Share(), trace, cancellation);
        if (!queue.TryAdd(question))
        {
            by?.Dispose();
            throw new PredictionQueueFullException(settings.QueueLimit);
        }

        return question.Prediction.WaitAsync(cancellation);
    }

    private void AnswerAll()
    {
        List<PredictionQuestion> batch = new(settings.MaxBatch);
        foreach (PredictionQuestion first in queue.GetConsumingEnumerable())
        {
            AddUnlessCancelled(batch, first);
            Gather(batch);
            using DigitClassifier? current = ShareActive();
            foreach (IGrouping<DigitClassifier?, PredictionQuestion> questions in batch.GroupBy(question => question.By ?? current))
            {
                PredictionQuestion.Answer([.. questions], questions.Key);
            }

            batch.ForEach(question => question.By?.Dispose());
            batch.Clear();
        }
    }

    /// <summary>Takes the queued images and, if so configured, waits for more.</summary>
    private void Gather(List<PredictionQuestion> batch)
    {
        long start = Stopwatch.GetTimestamp();
        while (batch.Count < settings.MaxBatch && queue.TryTake(out PredictionQuestion? next, Remaining(start)))
        {
            AddUnlessCancelled(batch, next);
        }
    }

    private static void AddUnlessCancelled(List<PredictionQuestion> batch, PredictionQuestion question)
    {
        if (question.Cancellation.IsCancellationRequested)
        {
            question.By?.Dispose();
        }
        else
        {
            batch.Add(question);
        }
    }

    private TimeSpan Remaining(long start)
    {
        TimeSpan remaining = settings.MaxWait - Stopwatch.GetElapsedTime(start);
        return remaining < TimeSpan.Zero ? TimeSpan.Zero : remaining;
    }
}
