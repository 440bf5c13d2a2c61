using RnnService.Model.Data;
using RnnService.Model.Images;
using RnnService.Model.Inference;
using RnnService.Model.Training;

namespace RnnService.Benchmarks.Reading;

/// <summary>A trained network that reads digits.</summary>
internal sealed class DigitReader : IDisposable
{
    private readonly CompiledNetwork network;

    private DigitReader(CompiledNetwork network) => this.network = network;

    /// <summary>Loads the network, or trains it.</summary>
    public static DigitReader Load(ReadingOptions options, DatasetSplit mnist)
    {
        if (options.Weights is null || !File.Exists(options.Weights))
        {
            using Trainer trainer = new(TrainingPresets.For(options.Preset), mnist);
            foreach (EpochResult epoch in trainer.Train())
            {
                Console.Error.WriteLine($"Epoch {epoch.Epoch}: validation accuracy {epoch.ValidationAccuracy:P2}");
            }

            byte[] weights = trainer.Calibrate().ToBytes();
            if (options.Weights is not null)
            {
                File.WriteAllBytes(options.Weights, weights);
            }

            return new DigitReader(CompiledNetwork.Load(weights));
        }

        return new DigitReader(CompiledNetwork.Load(File.ReadAllBytes(options.Weights)));
    }

    /// <summary>The most probable digit.</summary>
    public int Read(DigitImage image) => network.Classify([image])[0].Probabilities.Index().MaxBy(probability => probability.Item).Index;

    public void Dispose() => network.Dispose();
}
