using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using RnnService.Testing;

namespace RnnService.Browser.Tests;

/// <summary>The service in a separate process with its own database. It can be killed and restarted.</summary>
public sealed class RunningService : IAsyncDisposable
{
    private readonly TemporaryDirectory directory = new();
    private ServiceProcess? process;

    public Uri Address => Process.Address;

    private ServiceProcess Process => process ?? throw new InvalidOperationException("The service is not running.");

    public static async Task<RunningService> StartAsync(params string[] settings)
    {
        RunningService service = new();
        service.process = await ServiceProcess.StartAsync(DotnetCommand.Executable, [ServiceProcess.Program, service.Storage, .. settings]);
        return service;
    }

    private string Storage => $"--Storage:Directory={directory.Path}";

    /// <summary>Kills the process without a graceful shutdown.</summary>
    public void Kill() => Process.Kill();

    /// <summary>Starts the service again, with the same database and address.</summary>
    public async Task RestartAsync()
    {
        Uri address = Address;
        await Process.DisposeAsync();
        process = await ServiceProcess.StartAtAsync(address, DotnetCommand.Executable, ServiceProcess.Program, Storage);
    }

    /// <summary>Copies the newest job, with its log, and the newest model, with its weights, until there are this many of each.</summary>
    public async Task FillAsync(int jobs, int models)
    {
        Kill();
        await DatabaseCopies.FillAsync(directory.File("rnn-service.db"), jobs, models);
        await RestartAsync();
    }

    /// <summary>Sends a request and returns the response; null if it is empty.</summary>
    public async Task<JsonElement?> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using HttpRequestMessage request = new(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using HttpResponseMessage response = await Process.Http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return response.StatusCode == HttpStatusCode.NoContent ? null : await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Starts a job and cancels it after its first epoch.</summary>
    /// <returns>The job's id.</returns>
    public async Task<string> CancelAfterFirstEpochAsync(object request)
    {
        string id = (await SendAsync(HttpMethod.Post, "/train", request))!.Value.GetProperty("id").GetString()!;
        await using Stream stream = await Process.Http.GetStreamAsync($"/jobs/{id}/progress");
        SseItem<string> last = default;
        await foreach (SseItem<string> item in SseParser.Create(stream).EnumerateAsync())
        {
            last = item;
            if (item.EventType == "epoch")
            {
                await SendAsync(HttpMethod.Post, $"/jobs/{id}/cancel");
                break;
            }
        }

        Assert.Equal("epoch", last.EventType);
        return id;
    }

    /// <summary>Trains a model and waits until the job succeeds.</summary>
    public async Task TrainAsync(object request)
    {
        using HttpResponseMessage response = await Process.Http.PostAsJsonAsync("/train", request);
        response.EnsureSuccessStatusCode();
        await using Stream stream = await Process.Http.GetStreamAsync($"{response.Headers.Location}/progress");
        SseItem<string> last = await SseParser.Create(stream).EnumerateAsync().LastAsync();
        Assert.Equal("succeeded", last.EventType);
    }

    public async Task<JsonElement> GetAsync(string path) => await Process.Http.GetFromJsonAsync<JsonElement>(path);

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        directory.Dispose();
    }
}
