using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RnnService.Testing;

namespace RnnService.Api.Tests;

/// <summary>The service in this process, listening on a real port, with methods for common requests.</summary>
public sealed class Service : WebApplicationFactory<Program>
{
    /// <summary>Finishes within about a second.</summary>
    public const string QuickTraining = """{"epochs": 2, "hiddenSize": 16, "trainingImages": 500}""";

    /// <summary>Does not finish during a test.</summary>
    public const string EndlessTraining = """{"epochs": 1000}""";

    private readonly TemporaryDirectory directory = new();
    private readonly IReadOnlyDictionary<string, string> settings;
    private readonly TimeProvider time;
    private readonly Action<IServiceCollection>? configure;

    public Service()
        : this(new Dictionary<string, string>(), TimeProvider.System)
    {
    }

    internal Service(IReadOnlyDictionary<string, string> settings, TimeProvider time, Action<IServiceCollection>? configure = null)
    {
        this.settings = settings;
        this.time = time;
        this.configure = configure;
        UseKestrel(0);
        StartServer();
        Http = CreateClient();
    }

    public HttpClient Http { get; }

    public async Task<JsonElement> GetAsync(string path) => await Http.GetFromJsonAsync<JsonElement>(path);

    public Task<HttpResponseMessage> PostJsonAsync(string path, string json) =>
        Http.PostAsync(path, new StringContent(json, Encoding.UTF8, "application/json"));

    /// <summary>Starts a training job and returns its path.</summary>
    public async Task<string> StartTrainingAsync(string request)
    {
        using HttpResponseMessage response = await PostJsonAsync("/train", request);
        response.EnsureSuccessStatusCode();
        return response.Headers.Location!.ToString();
    }

    /// <summary>Starts a training job, waits until it ends, and returns it.</summary>
    public async Task<JsonElement> TrainAsync(string request = QuickTraining)
    {
        string job = await StartTrainingAsync(request);
        SseItem<string> last = await WatchAsync(job).LastAsync();
        return JsonElement.Parse(last.Data);
    }

    public async IAsyncEnumerable<SseItem<string>> WatchAsync(string job, string? lastEventId = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, $"{job}/progress");
        request.Headers.Add("Last-Event-ID", lastEventId is null ? [] : [lastEventId]);
        using HttpResponseMessage response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await foreach (SseItem<string> item in SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync())
        {
            yield return item;
        }
    }

    /// <summary>Waits until a job has a given status.</summary>
    public async Task WaitForStatusAsync(string job, string status)
    {
        await foreach (SseItem<string> _ in WatchAsync(job))
        {
            if ((await GetAsync(job)).GetProperty("status").GetString() == status)
            {
                return;
            }
        }

        Assert.Fail($"{job} ended without reaching the status {status}.");
    }

    public Task<HttpResponseMessage> PredictAsync(byte[] png, string query = "") =>
        Http.PostAsync($"/predict{query}", Requests.Body(png, "image/png"));

    public Task<HttpResponseMessage> PredictBatchAsync(IEnumerable<byte[]> pngs, string query = "") =>
        Http.PostAsync($"/predict/batch{query}", Requests.Forms(pngs));

    /// <summary>Trains a model if there is none.</summary>
    public async Task EnsureTrainedAsync(string request = QuickTraining)
    {
        if ((await GetAsync("/models")).GetProperty("data").GetArrayLength() == 0)
        {
            await TrainAsync(request);
        }
    }

    /// <summary>Asserts that the status of a response is 200 and returns its JSON body.</summary>
    public static async Task<JsonElement> ReadJsonAsync(HttpResponseMessage response)
    {
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        directory.Dispose();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Storage:Directory", directory.Path);
        foreach ((string name, string value) in settings)
        {
            builder.UseSetting(name, value);
        }

        // Hangfire holds the logger of the last host in a static field, so the logger must outlive the host.
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton(time).AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
            configure?.Invoke(services);
        });
    }
}
