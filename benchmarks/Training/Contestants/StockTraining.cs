using RnnService.Model.Data;
using RnnService.Model.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnService.Benchmarks.Training.Contestants;

/// <summary>
/// The article's settings with stock TorchSharp: its layers, autograd, and <c>torch.optim.Adam</c>. All images are loaded into one tensor up front, so that
/// a batch costs only one <c>index_select</c>.
/// </summary>
internal sealed class StockTraining : IDisposable
{
    private const int TestBatchSize = 250;

    private readonly TrainingSettings settings;
    private readonly Tensor images;
    private readonly Tensor labels;
    private readonly StockNetwork network;
    private readonly Adam optimizer;

    /// <param name="settings">Network type, hidden size, batch size, learning rate, seed, and number of images are used; the rest is ignored.</param>
    /// <param name="data">The dataset.</param>
    public StockTraining(TrainingSettings settings, DatasetSplit data)
    {
        this.settings = settings;
        random.manual_seed(settings.Seed);
        int count = Math.Min(settings.TrainingImages ?? int.MaxValue, data.Training.Count);
        (images, labels) = Tensors(data.Training.Slice(0, count));
        network = new StockNetwork(settings.Network, settings.HiddenSize);
        optimizer = optim.Adam(network.parameters(), settings.LearningRate);
    }

    /// <summary>The number of parameters.</summary>
    public long ParameterCount => network.parameters().Sum(parameter => parameter.numel());

    /// <summary>Trains one epoch in a new random order and returns the sum of the mean losses of its batches.</summary>
    public double TrainEpoch()
    {
        network.train();
        double lossSum = 0;
        using DisposeScope epoch = NewDisposeScope();
        foreach (Tensor indices in randperm(images.shape[0]).split(settings.BatchSize))
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor logits = network.call(images.index_select(0, indices));
            Tensor loss = nn.functional.cross_entropy(logits, labels.index_select(0, indices));
            optimizer.zero_grad();
            loss.backward();
            optimizer.step();
            lossSum += loss.item<float>();
        }

        return lossSum;
    }

    /// <summary>The fraction of images that are classified correctly, from 0 to 1.</summary>
    /// <param name="data">Images that were not used for training.</param>
    public double Accuracy(DigitDataset data)
    {
        network.eval();
        using IDisposable inference = inference_mode();
        using DisposeScope scope = NewDisposeScope();
        (Tensor allImages, Tensor allLabels) = Tensors(data);
        long correct = allImages.split(TestBatchSize).Zip(allLabels.split(TestBatchSize))
            .Sum(batch => network.call(batch.First).argmax(1).eq(batch.Second).sum().item<long>());
        return (double)correct / data.Count;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        optimizer.Dispose();
        network.Dispose();
        images.Dispose();
        labels.Dispose();
    }

    private static (Tensor Images, Tensor Labels) Tensors(DigitDataset data)
    {
        int[] indices = [.. Enumerable.Range(0, data.Count)];
        return (DigitTensors.Images(data, indices), DigitTensors.Labels(data, indices));
    }
}
