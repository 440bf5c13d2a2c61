using System.Diagnostics;
using RnnService.Model.Checkpoints;
using RnnService.Model.Data;
using RnnService.Model.Formats;
using RnnService.Model.Networks;
using TorchSharp;
using TorchSharp.Modules;
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
    private readonly Adam optimizer;
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
        optimizer = optim.Adam(Network.parameters(), settings.LearningRate);
        if (checkpoint is not null)
        {
            Restore(checkpoint);
        }

        progress = new TrainingProgress(Math.Min(epochsDone + 1, settings.Epochs), settings.Epochs, 0, sampler.BatchCount, 0);
    }

    /// <summary>The network being trained.</summary>
    public DigitNetwork Network { get; }

    /// <summary>Where the training is; may be read from any thread.</summary>
    public TrainingProgress Progress => progress;

    /// <summary>Trains as the results are asked for, one epoch each. Call it once, and stay on one thread.</summary>
    /// <param name="cancellation">Ends the training between two batches.</param>
    /// <exception cref="TrainingDivergedException">The loss is not finite.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public IEnumerable<EpochResult> Train(CancellationToken cancellation = default)
    {
        while (epochsDone < settings.Epochs)
        {
            int epoch = epochsDone + 1;
            Stopwatch watch = Stopwatch.StartNew();
            double loss = TrainEpoch(epoch, watch, cancellation);
            double seconds = watch.Elapsed.TotalSeconds;
            Evaluation evaluation = Evaluator.Evaluate(Network, validation, cancellation);
            ThrowIfDiverged(evaluation.Loss, epoch, sampler.BatchCount);
            epochsDone = epoch;

            yield return new EpochResult(
                epoch, loss, cumulativeLoss, evaluation.Loss, evaluation.Accuracy, settings.LearningRate, seconds, training.Count / seconds);
        }
    }

    /// <summary>All that is needed to go on after the last result. Ask between two results, not during an epoch.</summary>
    public Checkpoint TakeCheckpoint()
    {
        IReadOnlyList<NamedTensor> weights = Network.Weights();
        (long steps, IReadOnlyList<NamedTensor> first, IReadOnlyList<NamedTensor> second) = AdamState.Copy(optimizer, weights);
        return new Checkpoint(epochsDone, cumulativeLoss, steps, weights, first, second);
    }

    /// <summary>Judges the network on the test images, once, at the end.</summary>
    /// <param name="cancellation">Ends the measuring between two batches.</param>
    public Evaluation Test(CancellationToken cancellation = default) => Evaluator.Evaluate(Network, test, cancellation);

    /// <inheritdoc />
    public void Dispose()
    {
        optimizer.Dispose();
        Network.Dispose();
    }

    private void Restore(Checkpoint checkpoint)
    {
        try
        {
            Network.SetWeights(checkpoint.Weights);
            AdamState.Restore(optimizer, checkpoint);
        }
        catch
        {
            Dispose();
            throw;
        }

        epochsDone = checkpoint.Epoch;
        cumulativeLoss = checkpoint.CumulativeLoss;
    }

    private double TrainEpoch(int epoch, Stopwatch watch, CancellationToken cancellation)
    {
        Network.train();
        double lossSum = 0;
        int batch = 0;
        int images = 0;

        foreach (ReadOnlyMemory<int> indices in sampler.Batches(epoch))
        {
            cancellation.ThrowIfCancellationRequested();
            double loss = Step(indices);
            batch++;
            ThrowIfDiverged(loss, epoch, batch);
            images += indices.Length;
            lossSum += loss * indices.Length;
            cumulativeLoss += loss;
            progress = new TrainingProgress(epoch, settings.Epochs, batch, sampler.BatchCount, images / watch.Elapsed.TotalSeconds);
        }

        return lossSum / training.Count;
    }

    private static void ThrowIfDiverged(double loss, int epoch, int batch)
    {
        if (!double.IsFinite(loss))
        {
            throw new TrainingDivergedException(epoch, batch);
        }
    }

    /// <summary>One step of the optimiser; returns the batch's mean loss before it.</summary>
    private double Step(ReadOnlyMemory<int> indices)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor logits = Network.call(DigitTensors.Images(training, indices));
        Tensor loss = nn.functional.cross_entropy(logits, DigitTensors.Labels(training, indices));
        optimizer.zero_grad();
        loss.backward();
        optimizer.step();
        return loss.item<float>();
    }
}
