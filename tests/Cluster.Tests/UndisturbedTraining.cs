using System.Text.Json;
using RnnService.Cluster.Tests;
using RnnService.Testing;

[assembly: AssemblyFixture(typeof(UndisturbedTraining))]

namespace RnnService.Cluster.Tests;

/// <summary>A training that lasts long enough for a fault, and the weights that it ends with when nothing disturbs it. These are computed once for all tests, with the embedded database.</summary>
public sealed class UndisturbedTraining
{
    public const int Epochs = 12;
    public const string Request = """{"epochs": 12, "hiddenSize": 128, "trainingImages": 6400}""";

    private readonly Lazy<Task<string>> sha256 = new(TrainAsync);

    /// <summary>The hash of the weights.</summary>
    public Task<string> Sha256Async() => sha256.Value;

    private static async Task<string> TrainAsync()
    {
        using TemporaryDirectory data = new();
        await using ServiceProcess service = await Node.StartEmbeddedAsync(data);
        JsonElement job = await service.Http.EndOfAsync(await service.Http.StartTrainingAsync(Request));
        return await ClusterJobs.Sha256Async(service.Http, job);
    }
}
