using RnnService.Model.Data;

namespace RnnService.Benchmarks.Training;

/// <summary>The MNIST dataset, which the build copies to the output folder.</summary>
internal static class Mnist
{
    /// <summary>Loads the dataset and verifies its hashes.</summary>
    public static DatasetSplit Load() =>
        new DatasetDirectory(Path.Combine(AppContext.BaseDirectory, "datasets", "mnist"), DatasetDirectory.MnistSha256).Load();
}
