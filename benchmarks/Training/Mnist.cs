using RnnService.Model.Data;

namespace RnnService.Benchmarks.Training;

/// <summary>The real MNIST, which the build puts beside the program.</summary>
internal static class Mnist
{
    /// <summary>Reads and checks it.</summary>
    public static DatasetSplit Load() =>
        new DatasetDirectory(Path.Combine(AppContext.BaseDirectory, "datasets", "mnist"), DatasetDirectory.MnistSha256).Load();
}
