using RnnService.Model.Architecture;
using RnnService.Model.Data;
using RnnService.Model.Training;

namespace RnnService.Benchmarks.Reading;

/// <summary>Calibrated networks, trained by this program or by an earlier run.</summary>
internal static class TrainedNetwork
{
    /// <summary>Loads a network, or trains it.</summary>
    /// <param name="settings">The training settings.</param>
    /// <param name="data">The images.</param>
    /// <param name="weights">A safetensors file that is used instead of training if it exists, and written after training otherwise; null for neither.</param>
    public static NetworkFile LoadOrTrain(TrainingSettings settings, DatasetSplit data, string? weights)
    {
        if (File.Exists(weights))
        {
            return NetworkFile.Parse(File.ReadAllBytes(weights));
        }

        using Trainer trainer = new(settings, data);
        foreach (EpochResult epoch in trainer.Train())
        {
            Console.Error.WriteLine($"Seed {settings.Seed}, epoch {epoch.Epoch} of {settings.Epochs}: validation accuracy {epoch.ValidationAccuracy:P2}, {epoch.ImagesPerSecond:F0} images/s");
        }

        NetworkFile network = trainer.Calibrate();
        if (weights is not null)
        {
            File.WriteAllBytes(weights, network.ToBytes());
        }

        return network;
    }
}
