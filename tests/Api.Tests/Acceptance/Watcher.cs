using System.Diagnostics;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace RnnService.Api.Tests.Acceptance;

/// <summary>A browser's EventSource: when the stream breaks it comes again and says what it heard last.</summary>
internal sealed class Watcher(string job) : IDisposable
{
    private readonly SemaphoreSlim epochHeard = new(0);
    private readonly Stopwatch sinceEpoch = new();
    private TimeSpan epochTime = TimeSpan.FromSeconds(1);
    private string? lastEventId;

    /// <summary>Every logged event, as id:type and the epoch.</summary>
    public List<string> Heard { get; } = [];

    public bool IsOver { get; private set; }

    public void Dispose() => epochHeard.Dispose();

    /// <summary>Listens until the stream ends, or the service does.</summary>
    public async Task WatchAsync(HttpClient http)
    {
        sinceEpoch.Reset();
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Get, $"{job}/progress");
            request.Headers.Add("Last-Event-ID", lastEventId is null ? [] : [lastEventId]);
            using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            response.EnsureSuccessStatusCode();
            await foreach (SseItem<string> item in SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync())
            {
                if (item.EventId is not null)
                {
                    Hear(item);
                }
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
        }
    }

    /// <summary>
    /// How long to wait before the next kill: any time after the start, or, every third time, just around the end of an epoch, when
    /// it is written down.
    /// </summary>
    public async Task<TimeSpan> MomentAsync(Random random, int kill)
    {
        if (kill % 3 != 0)
        {
            return TimeSpan.FromSeconds(1.2 * random.NextDouble());
        }

        while (await epochHeard.WaitAsync(TimeSpan.Zero))
        {
        }

        await epochHeard.WaitAsync();
        await epochHeard.WaitAsync();
        return epochTime * (0.9 + (0.2 * random.NextDouble()));
    }

    private void Hear(SseItem<string> item)
    {
        lastEventId = item.EventId;
        IsOver = item.EventType != "epoch";
        JsonElement data = JsonElement.Parse(item.Data);
        Heard.Add($"{item.EventId}:{item.EventType}{(IsOver ? data.GetProperty("error") : data.GetProperty("epoch"))}");
        epochTime = sinceEpoch.IsRunning ? sinceEpoch.Elapsed : epochTime;
        sinceEpoch.Restart();
        epochHeard.Release();
    }
}
