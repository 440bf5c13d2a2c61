using System.Diagnostics;
using RnnService.Model.Checkpoints;
using RnnService.Model.Data;
using RnnService.Model.Kernels;
using RnnService.Model.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnService.Model.Training;

/// <summary>Trains one network on one data set. It owns the network and the optimiser's state: dispose of it.</summary>
public sealed class Trainer : IDisposable
{
    private readonly TrainingSettings settings;
    private readonly DigitDataset training;
    private readonly DigitDataset validation;
    private readonly DigitDataset test;
    private readonly BatchSampler sampler;
    private readonly Augmenter augmenter;
    private readonly AdamOptimizer optimizer;
    private readonly WeightAverage? average;
    private readonly EarlyStopping? stopping;
    private volatile TrainingProgress progress;
    private int epochsDone;
    private double cumulativeLoss;

    /// <summary>Draws the network's first weights, or takes them and all else from a checkpoint.</summary>
    /// <param name="settings">Everything that decides what the training gives.</param>
    /// <param name="data">The images.</param>
    /// <param name="checkpoint">
    /// Where a training with the same settings and data broke off: this one goes on after it, to the same weights, bit for bit, on the same machine.
    /// </param>
    /// <exception cref="InvalidDataException">The checkpoint is of another network.</exception>
    public Trainer(TrainingSettings settings, DatasetSplit data, Checkpoint? checkpoint = null)
    {
        this.settings = settings;
        training = data.Training.Slice(0, Math.Min(settings.TrainingImages ?? int.MaxValue, data.Training.Count));
        validation = data.Validation;
        test = data.Test;
        sampler = new BatchSampler(training.Count, settings.BatchSize, settings.Seed);
        Network = DigitNetwork.Create(settings.NetworkSettings, settings.Seed);
        augmenter = new Augmenter(settings.Augmentation, settings.Seed);
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
    /// The network being trained. Between two results it has the weights that were measured, and after the last one, if patience is set, the best epoch's.
    /// </summary>
    public DigitNetwork Network { get; }

    /// <summary>Where the training is; may be read from any thread.</summary>
    public TrainingProgress Progress => progress;

    /// <summary>
    /// Trains as the results are asked for, one epoch each, until all epochs are done or patience is at an end. Call it once, and stay on one thread,
    /// on which torch calculates alone from then on: the cores are for the network's own kernels, and those give way to whatever else the process does.
    /// </summary>
    /// <param name="cancellation">Ends the training between two batches.</param>
    /// <exception cref="TrainingDivergedException">The loss is not finite.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public IEnumerable<EpochResult> Train(CancellationToken cancellation = default)
    {
        set_num_threads(1);
        while (!IsOver)
        {
            int epoch = epochsDone + 1;
            Stopwatch watch = Stopwatch.StartNew();
            double loss = TrainEpoch(epoch, watch, cancellation);
            double seconds = watch.Elapsed.TotalSeconds;
            Evaluation evaluation = Evaluate(validation, cancellation);
            ThrowUnlessFinite(evaluation.Loss, epoch, sampler.BatchCount);
            Finish(epoch, evaluation);

            yield return new EpochResult(
                epoch, loss, cumulativeLoss, evaluation.Loss, evaluation.Accuracy, LearningRateAt(optimizer.Steps - 1), seconds, training.Count / seconds);
        }
    }

    /// <summary>All that is needed to go on after the last result. Ask between two results, not during an epoch.</summary>
    public Checkpoint TakeCheckpoint() => new(
        epochsDone, cumulativeLoss, optimizer.Steps, Network.Weights(), optimizer.FirstMoments, optimizer.SecondMoments, average?.Others ?? [], stopping?.Best);

    /// <summary>Judges the network on the test images, once, at the end.</summary>
    /// <param name="cancellation">Ends the measuring between two batches.</param>
    public Evaluation Test(CancellationToken cancellation = default) => Evaluate(test, cancellation);

    /// <inheritdoc />
    public void Dispose() => Network.Dispose();

    private bool IsOver => epochsDone >= settings.Epochs || stopping?.IsDue(epochsDone) == true;

    private void Restore(Checkpoint checkpoint)
    {
        try
        {
            // The best weights are put in place only at the end: here it is only seen to it that they fit.
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
        using IDisposable background = CoreShares.GiveWay();
        return Evaluator.Evaluate(Network, images, cancellation);
    }

    private double TrainEpoch(int epoch, Stopwatch watch, CancellationToken cancellation)
    {
        using IDisposable background = CoreShares.GiveWay();
        Network.train();
        average?.Exchange();
        double lossSum = 0;
        int batch = 0;
        int images = 0;

        foreach (ReadOnlyMemory<int> indices in sampler.Batches(epoch))
        {
            cancellation.ThrowIfCancellationRequested();
            batch++;
            double loss = Step(epoch, batch, indices);
            images += indices.Length;
            lossSum += loss * indices.Length;
            cumulativeLoss += loss;
            progress = new TrainingProgress(epoch, settings.Epochs, batch, sampler.BatchCount, images / watch.Elapsed.TotalSeconds);
        }

        average?.Exchange();
        return lossSum / training.Count;
    }

    /// <summary>One step of the optimiser; returns the batch's mean loss before it.</summary>
    private double Step(int epoch, int batch, ReadOnlyMemory<int> indices)
    {
        using DisposeScope scope = NewDisposeScope();
        Network.DropoutSeed = (long)new SplitMix64(settings.Seed, optimizer.Steps).Next();
        Tensor images = DigitTensors.Images(indices.Length, augmenter.Pixels(training, indices, epoch));
        Tensor loss = nn.functional.cross_entropy(Network.call(images), DigitTensors.Labels(training, indices));
        double value = loss.item<float>();
        ThrowUnlessFinite(value, epoch, batch);
        Network.zero_grad();
        loss.backward();
        double gradientNorm = optimizer.Step(LearningRateAt(optimizer.Steps));
        ThrowUnlessFinite(gradientNorm, epoch, batch);
        average?.Update(optimizer.Steps - 1);
        return value;
    }

    private double LearningRateAt(long step) => LearningRate.At(settings.Schedule, settings.LearningRate, step, (long)settings.Epochs * sampler.BatchCount);

    /// <summary>Notes that an epoch is done; after the last one the network gets the best one's weights.</summary>
    private void Finish(int epoch, Evaluation evaluation)
    {
        epochsDone = epoch;
        stopping?.Observe(epoch, evaluation.Accuracy, Network.Weights);
        if (IsOver && stopping?.Best is BestEpoch best)
        {
            Network.SetWeights(best.Weights);
        }
    }

    private static void ThrowUnlessFinite(double measure, int epoch, int batch)
    {
        if (!double.IsFinite(measure))
        {
            throw new TrainingDivergedException(epoch, batch);
        }
    }
}
