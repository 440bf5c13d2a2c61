using System.Collections.Concurrent;
using RnnService.Model.Images;
using TorchSharp;

namespace RnnService.Model.Inference;

/// <summary>
/// Answers many callers with few forward passes: one loop takes what is waiting, asks the network once, and answers each.
/// It never waits for a batch to fill, and a network is replaced between two batches, never inside one.
/// </summary>
public sealed class PredictionBatcher : IDisposable
{
    private readonly BatchingSettings settings;
    private readonly BlockingCollection<Question> queue;
    private readonly Lock classifierLock = new();
    private readonly Thread loop;
    private DigitClassifier? classifier;

    /// <summary>Starts the loop.</summary>
    /// <param name="settings">How large a batch and the queue may be.</param>
    public PredictionBatcher(BatchingSettings settings)
    {
        this.settings = settings;
        queue = new BlockingCollection<Question>(settings.QueueLimit);

        // A thread of its own: torch keeps a team of OpenMP workers for each thread that ever called it.
        loop = new Thread(AnswerAll) { IsBackground = true, Name = nameof(PredictionBatcher) };
        loop.Start();
    }

    /// <summary>Whether there is a network to ask.</summary>
    public bool IsServing => classifier is not null;

    /// <summary>From the next batch on, asks another network, and disposes of the one before.</summary>
    /// <param name="next">The network; the batcher owns it from now on.</param>
    public void Serve(DigitClassifier next)
    {
        lock (classifierLock)
        {
            classifier?.Dispose();
            classifier = next;
        }
    }

    /// <summary>Waits for the network's answer.</summary>
    /// <param name="image">The image.</param>
    /// <param name="cancellation">Leaves the queue.</param>
    /// <exception cref="PredictionQueueFullException">The queue is full.</exception>
    public async Task<Prediction> ClassifyAsync(DigitImage image, CancellationToken cancellation = default)
    {
        Question question = new(image, cancellation);
        if (!queue.TryAdd(question))
        {
            throw new PredictionQueueFullException(settings.QueueLimit);
        }

        return await question.Answer.Task.WaitAsync(cancellation);
    }

    /// <summary>Answers those who wait, ends the loop, and disposes of the network.</summary>
    public void Dispose()
    {
        queue.CompleteAdding();
        loop.Join();
        queue.Dispose();
        classifier?.Dispose();
    }

    private void AnswerAll()
    {
        // The cores are for the network's own kernels.
        torch.set_num_threads(1);
        List<Question> batch = new(settings.MaxBatch);
        foreach (Question first in queue.GetConsumingEnumerable())
        {
            batch.Add(first);
            while (batch.Count < settings.MaxBatch && queue.TryTake(out Question? next))
            {
                batch.Add(next);
            }

            batch.RemoveAll(question => question.Cancellation.IsCancellationRequested);
            if (batch.Count > 0)
            {
                Answer(batch);
                batch.Clear();
            }
        }
    }

    /// <summary>Answers everyone in the batch; a batch that fails answers everyone with the fault.</summary>
    private void Answer(List<Question> batch)
    {
        try
        {
            IReadOnlyList<Prediction> predictions = Classify([.. batch.Select(question => question.Image)]);
            for (int i = 0; i < batch.Count; i++)
            {
                batch[i].Answer.TrySetResult(predictions[i]);
            }
        }
        catch (Exception fault)
        {
            batch.ForEach(question => question.Answer.TrySetException(fault));
        }
    }

    private IReadOnlyList<Prediction> Classify(IReadOnlyList<DigitImage> images)
    {
        lock (classifierLock)
        {
            return classifier?.Classify(images) ?? throw new InvalidOperationException("No network is served yet.");
        }
    }

    private sealed record Question(DigitImage Image, CancellationToken Cancellation)
    {
        // Continuations run elsewhere, so that no caller's work holds up the loop.
        public TaskCompletionSource<Prediction> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
