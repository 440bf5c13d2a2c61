using RnnService.Model.Data;

namespace RnnService.Testing;

/// <summary>The MNIST dataset, which the build copies to the output folder of the tests.</summary>
public static class Mnist
{
    public static string Directory { get; } = Path.Combine(AppContext.BaseDirectory, "datasets", "mnist");

    public static DatasetSplit Data { get; } = new DatasetDirectory(Directory, DatasetDirectory.MnistSha256).Load();
}
