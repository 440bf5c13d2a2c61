using BenchmarkDotNet.Attributes;
using RnnService.Model.Architecture;
using RnnService.Model.Data;
using RnnService.Model.Images;
using RnnService.Model.Inference;
using RnnService.Model.Networks;
using RnnService.Model.Training;
using static TorchSharp.torch;

namespace RnnService.Benchmarks.Training.Kernels;

/// <summary>Answering for a batch of MNIST's test images with an LSTM of 256 units: the network alone, and the classifier from bytes to predictions.</summary>
public class ClassificationBenchmark : IDisposable
{
    private readonly DigitNetwork network = DigitNetwork.Create(new NetworkSettings(NetworkType.Lstm, HiddenSize: 256), seed: 1);
    private DigitClassifier? classifier;
    private IReadOnlyList<DigitImage> images = [];
    private Tensor? pixels;

    /// <summary>Images of a batch.</summary>
    [Params(1, 8, 32, 128)]
    public int Batch { get; set; }

    /// <summary>Reads the images.</summary>
    [GlobalSetup]
    public void Read()
    {
        DigitDataset test = Mnist.Load().Test;
        images = [.. Enumerable.Range(0, Batch).Select(i => new DigitImage(test.Pixels(i)))];
        pixels = DigitTensors.Images(Batch, i => test.Pixels(i));
        classifier = new DigitClassifier(network, new ModelIdentity(Guid.Empty, Version: 1));
    }

    /// <summary>From [N, 28, 28] to logits [N, 10].</summary>
    [Benchmark]
    public void Network()
    {
        using IDisposable inference = inference_mode();
        using Tensor logits = network.call(pixels!);
    }

    /// <summary>From bytes to predictions.</summary>
    [Benchmark]
    public IReadOnlyList<Prediction> Classifier() => classifier!.Classify(images);

    /// <inheritdoc />
    [GlobalCleanup]
    public void Dispose()
    {
        pixels?.Dispose();
        classifier?.Dispose();
        GC.SuppressFinalize(this);
    }
}
