using System.Diagnostics;
using RnnService.Model.Architecture;
using RnnService.Model.Checkpoints;
using RnnService.Model.Data;
using RnnService.Model.Inference;
using RnnService.Model.Kernels.Threads;
using RnnService.Model.Networks;
using RnnService.Model.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnService.Model.Training;

/// <summary>Trains one network on one dataset. It owns the network and the optimizer's state, and must be disposed.</summary>
public sealed class Trainer : IDisposable
{
    private readonly TrainingSettings settings;
    private readonly DatasetSplit data;
    private readonly BatchSampler sampler;
    private readonly Augmenter augmenter;
    private readonly AdamOptimizer optimizer;
    private readonly WeightAverage? average;
    private readonly EarlyStopping? stopping;
    private volatile TrainingProgress progress;
    private int epochsDone;
    private double cumulativeLoss;

    /// <summary>Initializes the network's weights, or restores the complete training state from a checkpoint.</summary>
    /// <param name="settings">The settings, which determine the result.</param>
    /// <param name="data">The images.</param>
    /// <param name="checkpoint">
    /// The state from which to resume, of a training run with the same settings and data. On the same machine, the resulting weights are bit-identical to those of an
    /// uninterrupted run.
    /// </param>
    /// <exception cref="ArgumentException">One or more settings are out of range or do not fit the dataset. The message lists all of them.</exception>
    /// <exception cref="InvalidDataException">The checkpoint was written with different settings, or its tensors belong to a different network.</exception>
    public Trainer(TrainingSettings settings, DatasetSplit data, Checkpoint? checkpoint = null)
    {
        settings.ThrowIfInvalid(data);
        this.settings = settings;
        this.data = data with { Training = data.Training.Slice(0, settings.TrainingImages ?? data.Training.Count) };
        sampler = new BatchSampler(this.data.Training.Count, settings.BatchSize, settings.Seed);
        augmenter = new Augmenter(settings.Augmentation, settings.Seed);
        Network = DigitNetwork.Create(settings.NetworkSettings, settings.Seed);
        optimizer = new AdamOptimizer(Network.named_parameters(), settings.MaxGradientNorm);
        average = settings.WeightAveraging > 0 ? new WeightAverage(Network.named_parameters(), settings.WeightAveraging) : null;
        stopping = settings.Patience is int patience ? new EarlyStopping(patience, checkpoint?.Best) : null;
        if (checkpoint is not null)
        {
            Restore(checkpoint);
        }

        progress = new TrainingProgress(Math.Min(epochsDone + 1, settings.Epochs), settings.Epochs, 0, sampler.BatchCount, 0);
    }

    /// <summary>
    /// The network being trained. Between two results it has the evaluated weights; after the last one, with early stopping, those of the best epoch.
    /// </summary>
    public DigitNetwork Network { get; }

    /// <summary>The current progress. Thread-safe.</summary>
    public TrainingProgress Progress => progress;

    private bool IsOver => epochsDone >= settings.Epochs || stopping?.IsDue(epochsDone) == true;

    /// <summary>
    /// Trains one epoch for each result that is requested, until all epochs are complete or early stopping ends training. Call it once, and enumerate it on a single thread. From then on, torch
    /// uses one thread for operations on that thread: the kernels use the cores, at a lower priority than the rest of the process.
    /// </summary>
    /// <param name="cancellation">Stops training between two batches.</param>
    /// <exception cref="TrainingDivergedException">The loss is not finite.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public IEnumerable<EpochResult> Train(CancellationToken cancellation = default)
    {
        set_num_threads(1);
        while (!IsOver)
        {
            int epoch = epochsDone + 1;
            Stopwatch watch = Stopwatch.StartNew();
            double loss = TrainEpoch(epoch, watch, cancellation);
            double seconds = watch.Elapsed.TotalSeconds;
            Evaluation evaluation = Evaluate(data.Validation, cancellation);
            TrainingDivergedException.ThrowUnlessFinite(evaluation.Loss, epoch, sampler.BatchCount);
            Complete(epoch, evaluation);

            yield return new EpochResult(
                epoch, loss, cumulativeLoss, evaluation.Loss, evaluation.Accuracy, LearningRateAt(optimizer.Steps - 1), seconds, data.Training.Count / seconds);
        }
    }

    /// <summary>The state after the last result, from which training can resume. Call it between two results.</summary>
    public Checkpoint TakeCheckpoint() => new(
        TrainingFingerprint.Of(settings), epochsDone, cumulativeLoss, optimizer.Steps, Network.Weights(), optimizer.FirstMoments, optimizer.SecondMoments, average?.Shadow ?? [], stopping?.Best);

    /// <summary>The network with its calibration. Call it after the last result.</summary>
    /// <param name="cancellation">Stops the calibration between two batches.</param>
    public NetworkFile Calibrate(CancellationToken cancellation = default)
    {
        using LowPriorityScope priority = new();
        return Calibrator.Calibrate(Network.ToFile(), data.Training, data.Validation, augmenter, cancellation);
    }

    /// <summary>Evaluates the network on the test images. Call it once, at the end.</summary>
    /// <param name="cancellation">Stops the evaluation between two batches.</param>
    public Evaluation Test(CancellationToken cancellation = default) => Evaluate(data.Test, cancellation);

    /// <inheritdoc />
    public void Dispose() => Network.Dispose();

    private void Restore(Checkpoint checkpoint)
    {
        try
        {
            if (checkpoint.Fingerprint is string fingerprint && fingerprint != TrainingFingerprint.Of(settings))
            {
                throw new InvalidDataException("The checkpoint was written with different training settings.");
            }

            // The best weights are restored at the end; here they are only checked.
            Network.SetWeights(checkpoint.Best?.Weights ?? checkpoint.Weights);
            Network.SetWeights(checkpoint.Weights);
            optimizer.Restore(checkpoint.Steps, checkpoint.FirstMoments, checkpoint.SecondMoments);
            average?.Restore(checkpoint.UnaveragedWeights);
        }
        catch
        {
            Dispose();
            throw;
        }

        epochsDone = checkpoint.Epoch;
        cumulativeLoss = checkpoint.CumulativeLoss;
    }

    private Evaluation Evaluate(DigitDataset images, CancellationToken cancellation)
    {
        using LowPriorityScope priority = new();
        using CompiledNetwork compiled = new(Network.ToFile());
        return Evaluator.Evaluate(compiled, images, cancellation);
    }

    private double TrainEpoch(int epoch, Stopwatch watch, CancellationToken cancellation)
    {
        using LowPriorityScope priority = new();
        Network.train();
        average?.Exchange();
        double lossSum = 0;
        int number = 0;
        int images = 0;
        try
        {
            foreach (TrainingBatch batch in TrainingBatch.Of(data.Training, sampler.Batches(epoch), epoch <= settings.LastAugmentedEpoch ? augmenter : null, epoch))
            {
                cancellation.ThrowIfCancellationRequested();
                number++;
                double loss = Step(epoch, number, batch);
                images += batch.Count;
                lossSum += loss * batch.Count;
                cumulativeLoss += loss;
                progress = new TrainingProgress(epoch, settings.Epochs, number, sampler.BatchCount, images / watch.Elapsed.TotalSeconds);
            }
        }
        finally
        {
            average?.Exchange();
        }

        return lossSum / data.Training.Count;
    }

    /// <summary>One optimizer step. Returns the batch's mean loss before it.</summary>
    private double Step(int epoch, int number, TrainingBatch batch)
    {
        using DisposeScope scope = NewDisposeScope();
        Network.DropoutSeed = (long)new SplitMix64(settings.Seed, optimizer.Steps).Next();
        Tensor loss = Network.Loss(batch.Images, batch.Labels);
        double value = loss.item<float>();
        TrainingDivergedException.ThrowUnlessFinite(value, epoch, number);
        Network.zero_grad();
        Network.Backward(loss);
        double gradientNorm = optimizer.Step(LearningRateAt(optimizer.Steps));
        TrainingDivergedException.ThrowUnlessFinite(gradientNorm, epoch, number);
        average?.Update(optimizer.Steps - 1);
        return value;
    }

    private double LearningRateAt(long step) => LearningRate.At(settings.Schedule, settings.LearningRate, step, (long)settings.Epochs * sampler.BatchCount);

    /// <summary>Records a completed epoch. After the last one, the network gets the best epoch's weights.</summary>
    private void Complete(int epoch, Evaluation evaluation)
    {
        epochsDone = epoch;
        stopping?.Observe(epoch, evaluation.Accuracy, Network.Weights);
        if (IsOver && stopping?.Best is BestEpoch best)
        {
            Network.SetWeights(best.Weights);
        }
    }
}
