using System.Collections.Concurrent;
using System.Diagnostics;
using RnnService.Model.Images;
using TorchSharp;

namespace RnnService.Model.Inference;

/// <summary>
/// Answers many callers with few forward passes: one loop takes what is waiting, asks the network once, and answers each. A network is replaced
/// between two batches, never inside one.
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

    /// <summary>How many images go through a network at once, at the most.</summary>
    public int MaxBatch => settings.MaxBatch;

    /// <summary>Whether there is a network to ask.</summary>
    public bool IsServing => classifier is not null;

    /// <summary>Whether one more image would be refused.</summary>
    public bool IsFull => queue.Count >= settings.QueueLimit;

    /// <summary>How many images may wait.</summary>
    public int QueueLimit => settings.QueueLimit;

    /// <summary>The network that serves, with the caller as one of its owners; null when there is none yet.</summary>
    public DigitClassifier? ShareServing()
    {
        lock (classifierLock)
        {
            return classifier?.Share();
        }
    }

    /// <summary>From the next batch on, asks another network, and disposes of the one before as soon as nobody asks it any more.</summary>
    /// <param name="next">The network, warmed up; the batcher owns it from now on.</param>
    public void Serve(DigitClassifier next)
    {
        lock (classifierLock)
        {
            classifier?.Dispose();
            classifier = next;
        }
    }

    /// <summary>Waits for a network's answer.</summary>
    /// <param name="image">The image.</param>
    /// <param name="by">The network to ask; it is disposed of later only. Null for the one that serves.</param>
    /// <param name="trace">Whether to tell what the network believed after each row as well.</param>
    /// <param name="cancellation">Leaves the queue.</param>
    /// <exception cref="PredictionQueueFullException">The queue is full.</exception>
    public async Task<Prediction> ClassifyAsync(IDigit image, DigitClassifier? by = null, bool trace = false, CancellationToken cancellation = default) =>
        await Ask(image, by, trace, cancellation);

    /// <summary>Waits for a network's answers to many images. They take their places in the queue batch by batch, so that others get their turn.</summary>
    /// <param name="images">The images.</param>
    /// <param name="by">The network to ask; null for the one that serves at each batch.</param>
    /// <param name="cancellation">Leaves the queue.</param>
    /// <returns>One answer an image, in the same order.</returns>
    /// <exception cref="PredictionQueueFullException">The queue is full: not all of the images were answered.</exception>
    public async Task<IReadOnlyList<Prediction>> ClassifyAllAsync(IReadOnlyList<IDigit> images, DigitClassifier? by = null, CancellationToken cancellation = default)
    {
        using CancellationTokenSource leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        List<Prediction> answers = new(images.Count);
        try
        {
            foreach (IDigit[] batch in images.Chunk(Math.Min(settings.MaxBatch, settings.QueueLimit)))
            {
                // All or none: a part of them would only take the places of others.
                if (queue.Count + batch.Length > settings.QueueLimit)
                {
                    throw new PredictionQueueFullException(settings.QueueLimit);
                }

                answers.AddRange(await Task.WhenAll(batch.Select(image => Ask(image, by, trace: false, leaving.Token))));
            }

            return answers;
        }
        catch (PredictionQueueFullException)
        {
            await leaving.CancelAsync();
            throw;
        }
    }

    /// <summary>Answers those who wait, ends the loop, and disposes of the network.</summary>
    public void Dispose()
    {
        queue.CompleteAdding();
        loop.Join();
        queue.Dispose();
        classifier?.Dispose();
    }

    /// <summary>Puts a question into the queue, or refuses it before it returns.</summary>
    private Task<Prediction> Ask(IDigit image, DigitClassifier? by, bool trace, CancellationToken cancellation)
    {
        Question question = new(image, by?.Share(), trace, cancellation);
        if (!queue.TryAdd(question))
        {
            by?.Dispose();
            throw new PredictionQueueFullException(settings.QueueLimit);
        }

        return question.Answer.Task.WaitAsync(cancellation);
    }

    private void AnswerAll()
    {
        // The cores are for the network's own kernels.
        torch.set_num_threads(1);
        List<Question> batch = new(settings.MaxBatch);
        foreach (Question first in queue.GetConsumingEnumerable())
        {
            AddUnlessLeft(batch, first);
            Gather(batch);
            using DigitClassifier? serving = ShareServing();
            foreach (IGrouping<DigitClassifier?, Question> questions in batch.GroupBy(question => question.By ?? serving))
            {
                Answer([.. questions], questions.Key);
            }

            batch.ForEach(question => question.By?.Dispose());
            batch.Clear();
        }
    }

    /// <summary>Takes what is waiting, and waits for more as long as the settings say.</summary>
    private void Gather(List<Question> batch)
    {
        long start = Stopwatch.GetTimestamp();
        while (batch.Count < settings.MaxBatch && queue.TryTake(out Question? next, Remaining(start)))
        {
            AddUnlessLeft(batch, next);
        }
    }

    private static void AddUnlessLeft(List<Question> batch, Question question)
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

    /// <summary>Answers everyone who asks the same network; a batch that fails answers everyone with the fault.</summary>
    private static void Answer(IReadOnlyList<Question> questions, DigitClassifier? by)
    {
        try
        {
            Prediction[] predictions = By(by ?? throw new InvalidOperationException("No network is served yet."), questions);
            for (int i = 0; i < questions.Count; i++)
            {
                questions[i].Answer.TrySetResult(predictions[i]);
            }
        }
        catch (Exception fault)
        {
            foreach (Question question in questions)
            {
                question.Answer.TrySetException(fault);
            }
        }
    }

    private static Prediction[] By(DigitClassifier classifier, IReadOnlyList<Question> questions)
    {
        List<IDigit> images = [.. questions.Where(question => !question.Trace).Select(question => question.Image)];
        using IEnumerator<Prediction> together = (images.Count == 0 ? [] : classifier.Classify(images)).GetEnumerator();
        return [.. questions.Select(question => question.Trace ? classifier.Trace(question.Image) : Next(together))];
    }

    private static Prediction Next(IEnumerator<Prediction> predictions) => predictions.MoveNext() ? predictions.Current : throw new InvalidOperationException("A network left an image without an answer.");

    private sealed record Question(IDigit Image, DigitClassifier? By, bool Trace, CancellationToken Cancellation)
    {
        // Continuations run elsewhere, so that no caller's work holds up the loop.
        public TaskCompletionSource<Prediction> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
