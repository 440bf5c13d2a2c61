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
