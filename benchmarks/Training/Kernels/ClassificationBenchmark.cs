using BenchmarkDotNet.Attributes;
using RnnService.Model.Architecture;
using RnnService.Model.Data;
using RnnService.Model.Images;
using RnnService.Model.Inference;
using RnnService.Model.Networks;

namespace RnnService.Benchmarks.Training.Kernels;

/// <summary>Classifies a batch of MNIST test images with an LSTM of 256 units: the compiled network from bytes to probabilities, alone and with a trace.</summary>
public class ClassificationBenchmark : IDisposable
{
    private CompiledNetwork? network;
    private IReadOnlyList<DigitImage> images = [];

    /// <summary>Images of a batch.</summary>
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

    /// <summary>Bytes to probabilities.</summary>
    [Benchmark]
    public IReadOnlyList<float[]> Classify() => network!.Classify(images);

    /// <summary>The probabilities after each row of one image.</summary>
    [Benchmark]
    public IReadOnlyList<float[]> Trace() => network!.Trace(images[0]);

    /// <inheritdoc />
    [GlobalCleanup]
    public void Dispose()
    {
        network?.Dispose();
        GC.SuppressFinalize(this);
    }
}
