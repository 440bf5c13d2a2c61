using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using RnnService.Api.Tests.Storage;
using RnnService.Testing;

namespace RnnService.Api.Tests.Training;

/// <summary>A dataset's folder that disappears, such as a volume that is not mounted, and comes back.</summary>
public sealed class DatasetOutageTests : IDisposable
{
    private const string Training = """{"dataset": "mine", "epochs": 40, "hiddenSize": 16}""";

    private readonly TemporaryDirectory directory = new();
    private readonly string folder;
    private readonly string elsewhere;

    public DatasetOutageTests()
    {
        folder = directory.File("mine");
        elsewhere = directory.File("elsewhere");
        Directory.CreateDirectory(folder);
        SmallDataset.Write(folder, trainingImages: 1_200, testImages: 100);
    }

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task A_job_waits_for_its_dataset_and_ends_with_the_same_weights()
    {
        string job, sha256;
        await using (Service service = Start())
        {
            sha256 = await Sha256Async(service, await service.TrainAsync(Training));
            job = await service.StartTrainingAsync(Training);
            await service.WatchAsync(job).FirstAsync(item => item.EventType == "epoch");
        }

        Directory.Move(folder, elsewhere);
        await using Service restarted = Start();
        Assert.Equal("queued", (await restarted.GetAsync(job)).GetProperty("status").GetString());
        HttpResponseMessage refused = await restarted.PostJsonAsync("/train", Training);
        Assert.NotNull(refused.Headers.RetryAfter);
        await Problems.AssertAsync(refused, HttpStatusCode.ServiceUnavailable, $"{Cause("its directory does not exist")} Check that directory");
        Assert.Equal(("degraded", $"{Cause("its directory does not exist")} Jobs that need an unavailable dataset wait."), await HealthAsync(restarted));
        Assert.Equal("succeeded", (await restarted.TrainAsync()).GetProperty("status").GetString());

        Directory.Move(elsewhere, folder);
        SseItem<string> last = await restarted.WatchAsync(job).LastAsync();

        Assert.Equal("succeeded", last.EventType);
        JsonElement ended = JsonElement.Parse(last.Data);
        Assert.Equal(Enumerable.Range(1, 40), ended.GetProperty("epochs").EnumerateArray().Select(epoch => epoch.GetProperty("epoch").GetInt32()));
        Assert.Equal(sha256, await Sha256Async(restarted, ended));
    }

    [Fact]
    public async Task The_cause_is_reported_until_all_files_are_read()
    {
        string images = Path.Combine(folder, "train-images-idx3-ubyte");
        byte[] content = await File.ReadAllBytesAsync(images);
        File.Delete(images);
        await using Service service = Start();
        Assert.Equal(("degraded", $"{Cause("it does not exist")} Jobs that need an unavailable dataset wait."), await HealthAsync(service));

        await File.WriteAllBytesAsync(images, content[..^1]);
        (string? Status, string? Description) health;
        do
        {
            health = await HealthAsync(service);
        }
        while (health.Description!.Contains("does not exist", StringComparison.Ordinal));

        Assert.Contains("File train-images-idx3-ubyte in the directory of Datasets:mine:Directory: it is truncated", health.Description, StringComparison.Ordinal);
        Assert.DoesNotContain(directory.Path, health.Description, StringComparison.Ordinal);
        await File.WriteAllBytesAsync(images, content);
        while ((await HealthAsync(service)).Status != "healthy")
        {
        }
    }

    [Theory]
    [InlineData("Running")]
    [InlineData("Cancelling")]
    public async Task A_job_without_a_worker_is_cancelled_while_its_dataset_is_away(string status)
    {
        string job;
        await using (Service service = Start())
        {
            job = await service.StartTrainingAsync(Training);
            await service.WatchAsync(job).FirstAsync(item => item.EventType == "epoch");
        }

        // As the job is if the process is killed; five workers died before.
        Database.Execute(directory, $"UPDATE jobs SET status = '{status}', unfinished_attempts = 5");
        Directory.Move(folder, elsewhere);
        await using Service restarted = Start();
        if (status == "Running")
        {
            using HttpResponseMessage accepted = await restarted.Http.PostAsync($"{job}/cancel", content: null);
            Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        }

        Assert.Equal("cancelled", (await restarted.WatchAsync(job).LastAsync()).EventType);
    }

    private static string Cause(string reason) =>
        $"The dataset 'mine' is unavailable. File train-images-idx3-ubyte in the directory of Datasets:mine:Directory: it cannot be read, because {reason}. A dataset is a directory with four uncompressed IDX files that have the file names of MNIST.";

    private static async Task<(string? Status, string? Description)> HealthAsync(Service service)
    {
        JsonElement check = (await service.GetAsync("/health/ready")).GetProperty("checks").GetProperty("datasets");
        return (check.GetProperty("status").GetString(), check.GetProperty("description").GetString());
    }

    private Service Start() => new(new Dictionary<string, string>(Database.In(directory)) { ["Datasets:mine:Directory"] = folder }, TimeProvider.System);

    private static async Task<string> Sha256Async(Service service, JsonElement job) =>
        (await service.GetAsync($"/models/{job.GetProperty("modelId").GetString()}")).GetProperty("sha256").GetString()!;
}
