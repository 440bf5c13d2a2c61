using System.Diagnostics;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace RnnService.Testing;

/// <summary>A client that behaves like a browser's EventSource: reconnects with Last-Event-ID when the stream breaks.</summary>
public sealed class EventSourceClient(string job) : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim epochReceived = new(0);
    private readonly Stopwatch sinceEpoch = new();
    private TimeSpan epochTime = TimeSpan.FromSeconds(1);
    private string? lastEventId;

    /// <summary>All received events from the job's log, as id:type, followed by the epoch.</summary>
    public List<string> Received { get; } = [];

    public bool IsOver { get; private set; }

    public void Dispose() => epochReceived.Dispose();

    /// <summary>Receives events until the stream ends or the service is killed.</summary>
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
                    Receive(item);
                }
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
        }
    }

    /// <summary>
    /// Waits for a random time, but not beyond the next epoch and a part of another, so that a job lasts for many kills on a fast machine, too; or, every third time, until
    /// close to the end of an epoch, when the service writes to the database.
    /// </summary>
    public async Task<TimeSpan> KillDelayAsync(Random random, int kill)
    {
        while (await epochReceived.WaitAsync(TimeSpan.Zero))
        {
        }

        if (kill % 3 != 0)
        {
            await epochReceived.WaitAsync(TimeSpan.FromSeconds(1.2 * random.NextDouble()));
            return epochTime * random.NextDouble();
        }

        for (int epoch = 0; epoch < 2; epoch++)
        {
            // The end of the job is received, too: nothing comes after it.
            Assert.False(IsOver, "The job ended before it could be disturbed.");
            Assert.True(await epochReceived.WaitAsync(LongestWait), "No epoch was received: the stream may have ended.");
        }

        return epochTime * (0.9 + (0.2 * random.NextDouble()));
    }

    private void Receive(SseItem<string> item)
    {
        lastEventId = item.EventId;
        IsOver = item.EventType != "epoch";
        JsonElement data = JsonElement.Parse(item.Data);
        Received.Add($"{item.EventId}:{item.EventType}{(IsOver ? data.GetProperty("error") : data.GetProperty("epoch"))}");
        epochTime = sinceEpoch.IsRunning ? sinceEpoch.Elapsed : epochTime;
        sinceEpoch.Restart();
        epochReceived.Release();
    }
}
