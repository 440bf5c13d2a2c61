using BenchmarkDotNet.Attributes;
using RnnService.Model.Architecture;
using RnnService.Model.Data;
using RnnService.Model.Images;
using RnnService.Model.Inference;
using RnnService.Model.Networks;

namespace RnnService.Benchmarks.Training.Kernels;

/// <summary>Classifies MNIST test images with a compiled LSTM of hidden size 256, from bytes to probabilities; also traces a single image.</summary>
public class ClassificationBenchmark : IDisposable
{
    private CompiledNetwork? network;
    private IReadOnlyList<DigitImage> images = [];

    /// <summary>Images per batch.</summary>
    [Params(1, 8, 32, 128)]
    public int Batch { get; set; }

    /// <summary>Reads the images and compiles the network.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        DigitDataset test = Mnist.Load().Test;
        images = [.. Enumerable.Range(0, Batch).Select(i => new DigitImage(test.Pixels(i)))];
        using DigitNetwork trainable = DigitNetwork.Create(new NetworkSettings(NetworkType.Lstm, HiddenSize: 256), seed: 1);
        network = CompiledNetwork.Load(trainable.ToSafeTensors());
    }

    /// <summary>Classifies the batch.</summary>
    [Benchmark]
    public IReadOnlyList<Classification> Classify() => network!.Classify(images);

    /// <summary>Calculates the probabilities after each row of one image.</summary>
    [Benchmark]
    public IReadOnlyList<Classification> Trace() => network!.Trace(images[0]);

    /// <inheritdoc />
    [GlobalCleanup]
    public void Dispose()
    {
        network?.Dispose();
        GC.SuppressFinalize(this);
    }
}
