using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using RnnService.Testing;

namespace RnnService.Api.Tests.Acceptance;

/// <summary>A job that kills its worker again and again must not keep the service busy forever.</summary>
public sealed class DeadWorkersTests : IDisposable
{
    private const string Training = """{"epochs": 2, "hiddenSize": 96, "trainingImages": 20000}""";

    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task After_five_kills_in_one_epoch_a_job_fails_and_resumes_to_the_same_weights()
    {
        string reference, job;
        await using (ServiceProcess service = await StartAsync())
        {
            reference = await Sha256Async(service, await EndOfAsync(service, await TrainAsync(service)));
            job = await TrainAsync(service);
            await KillInAttemptAsync(service, job, attempt: 1);
        }

        for (int attempt = 2; attempt <= 5; attempt++)
        {
            await using ServiceProcess service = await StartAsync();
            await KillInAttemptAsync(service, job, attempt);
        }

        await using ServiceProcess last = await StartAsync();
        JsonElement failed = await EndOfAsync(last, job);
        Assert.Equal(("failed", 5, "workersDied"), (failed.GetProperty("status").GetString(), failed.GetProperty("attempt").GetInt32(), failed.GetProperty("error").GetProperty("code").GetString()));
        Assert.Contains("POST /jobs/{id}/resume", failed.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);

        using HttpResponseMessage resumed = await last.Http.PostAsync($"{job}/resume", content: null);
        Assert.Equal(HttpStatusCode.Accepted, resumed.StatusCode);
        JsonElement succeeded = await EndOfAsync(last, job);

        Assert.Equal(("succeeded", 6), (succeeded.GetProperty("status").GetString(), succeeded.GetProperty("attempt").GetInt32()));
        Assert.Equal(reference, await Sha256Async(last, succeeded));
    }

    private static async Task KillInAttemptAsync(ServiceProcess service, string job, int attempt)
    {
        JsonElement running;
        do
        {
            running = await service.Http.GetFromJsonAsync<JsonElement>(job);
        }
        while (running.GetProperty("attempt").GetInt32() < attempt);

        Assert.Empty(running.GetProperty("epochs").EnumerateArray());
        service.Kill();
    }

    private Task<ServiceProcess> StartAsync() =>
        ServiceProcess.StartAsync(DotnetCommand.Executable, ServiceProcess.Program, $"--Storage:Directory={directory.Path}");

    private static async Task<string> TrainAsync(ServiceProcess service)
    {
        using HttpResponseMessage response = await service.Http.PostAsync("/train", Requests.Body(Encoding.UTF8.GetBytes(Training), "application/json"));
        return response.Headers.Location!.ToString();
    }

    private static async Task<JsonElement> EndOfAsync(ServiceProcess service, string job)
    {
        await using Stream stream = await service.Http.GetStreamAsync($"{job}/progress");
        return JsonElement.Parse((await SseParser.Create(stream).EnumerateAsync().LastAsync()).Data);
    }

    private static async Task<string> Sha256Async(ServiceProcess service, JsonElement job) =>
        (await service.Http.GetFromJsonAsync<JsonElement>($"/models/{job.GetProperty("modelId").GetString()}")).GetProperty("sha256").GetString()!;
}
