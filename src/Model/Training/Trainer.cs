using System.Diagnostics;
using RnnService.Model.Data;
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
    private double cumulativeLoss;

    /// <summary>Draws the network's first weights.</summary>
    /// <param name="settings">Everything that decides what the training gives.</param>
    /// <param name="data">The images.</param>
    public Trainer(TrainingSettings settings, DatasetSplit data)
    {
        this.settings = settings;
        training = data.Training.Slice(0, Math.Min(settings.TrainingImages ?? int.MaxValue, data.Training.Count));
        validation = data.Validation;
        test = data.Test;
        sampler = new BatchSampler(training.Count, settings.BatchSize, settings.Seed);
        Network = DigitNetwork.Create(settings.NetworkSettings, settings.Seed);
        optimizer = optim.Adam(Network.parameters(), settings.LearningRate);
        progress = new TrainingProgress(1, settings.Epochs, 0, sampler.BatchCount, 0);
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
        for (int epoch = 1; epoch <= settings.Epochs; epoch++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            double loss = TrainEpoch(epoch, watch, cancellation);
            double seconds = watch.Elapsed.TotalSeconds;
            Evaluation evaluation = Evaluator.Evaluate(Network, validation, cancellation);

            yield return new EpochResult(
                epoch, loss, cumulativeLoss, evaluation.Loss, evaluation.Accuracy, settings.LearningRate, seconds, training.Count / seconds);
        }
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
            if (!double.IsFinite(loss))
            {
                throw new TrainingDivergedException(epoch, batch);
            }

            images += indices.Length;
            lossSum += loss * indices.Length;
            cumulativeLoss += loss;
            progress = new TrainingProgress(epoch, settings.Epochs, batch, sampler.BatchCount, images / watch.Elapsed.TotalSeconds);
        }

        return lossSum / training.Count;
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
