using RnnService.Model.Data;
using RnnService.Model.Images;
using RnnService.Model.Inference;

namespace RnnService.Benchmarks.Reading;

/// <summary>A trained network that reads digits.</summary>
internal sealed class DigitReader : IDisposable
{
    private readonly CompiledNetwork network;

    private DigitReader(CompiledNetwork network) => this.network = network;

    /// <summary>Loads the network, or trains it.</summary>
    public static DigitReader Load(ReadingOptions options, DatasetSplit mnist) =>
        new(new CompiledNetwork(TrainedNetwork.LoadOrTrain(options.Settings, mnist, options.Weights)));

    /// <summary>The most probable digit.</summary>
    public int Read(DigitImage image) => network.Classify([image])[0].Probabilities.Index().MaxBy(probability => probability.Item).Index;

    public void Dispose() => network.Dispose();
}
