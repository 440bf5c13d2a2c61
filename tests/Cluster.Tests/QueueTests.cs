using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using RnnService.Testing;

namespace RnnService.Cluster.Tests;

/// <summary>The queue that several processes share.</summary>
public sealed class QueueTests(SharedPostgres postgres)
{
    private const string Quick = """{"epochs": 1, "hiddenSize": 4, "trainingImages": 100}""";
    private const string Endless = """{"epochs": 1000}""";
    private const string LibTorch = "libtorch_cpu";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task A_process_that_only_serves_and_two_that_only_train_share_the_jobs()
    {
        string database = await postgres.CreateDatabaseAsync();
        await using ServiceProcess api = await Node.StartAsync(database, "--Service:Roles=api");
        await using ServiceProcess first = await Node.StartAsync(database, "--Service:Roles=worker");
        await using ServiceProcess second = await Node.StartAsync(database, "--Service:Roles=worker");
        await Task.WhenAll(Node.WaitUntilReadyAsync(first), Node.WaitUntilReadyAsync(second));
        Assert.Equal(["storage", "datasets"], await ChecksAsync(api));
        Assert.Equal(["storage", "datasets", "worker"], await ChecksAsync(first));

        // Each worker is idle, so each takes one.
        string[] endless = [await api.Http.StartTrainingAsync(Endless), await api.Http.StartTrainingAsync(Endless)];
        foreach (string job in endless)
        {
            await StatusAsync(api.Http, job, "running").WaitAsync(Soon);
        }

        string[] quick = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => api.Http.StartTrainingAsync(Quick)));
        foreach (string job in endless)
        {
            Assert.Equal(HttpStatusCode.Accepted, (await api.Http.PostAsync($"{job}/cancel", null)).StatusCode);
            await StatusAsync(api.Http, job, "cancelled");
        }

        foreach (string job in quick)
        {
            Assert.Equal(1, (await StatusAsync(api.Http, job, "succeeded")).GetProperty("attempt").GetInt32());
        }

        Assert.Equal(HttpStatusCode.OK, (await api.Http.GetAsync("/models")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await api.Http.GetAsync("/hangfire")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await first.Http.GetAsync("/hangfire")).StatusCode);
        using HttpResponseMessage notTrained = await first.Http.PostAsync("/train", null);
        Assert.Equal(HttpStatusCode.NotFound, notTrained.StatusCode);
        Assert.Contains("There is no resource at /train. This process only trains (Service:Roles is worker): send requests to a process with the role api.", await notTrained.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await first.Http.GetAsync("/")).StatusCode);
        if (OperatingSystem.IsLinux())
        {
            Assert.DoesNotContain(LibTorch, await File.ReadAllTextAsync($"/proc/{api.Id}/maps"), StringComparison.Ordinal);
            Assert.All([first, second], worker => Assert.Contains(LibTorch, File.ReadAllText($"/proc/{worker.Id}/maps"), StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_only_job_of_a_client_does_not_wait_for_the_twenty_of_another_and_the_sweeper_adds_few_deliveries()
    {
        string database = await postgres.CreateDatabaseAsync();
        await using ServiceProcess service = await Node.StartAsync(database, "--ForwardedHeaders_Enabled=true");
        await Node.WaitUntilReadyAsync(service);

        List<string> jobs = [];
        for (int i = 0; i < 20; i++)
        {
            jobs.Add(await StartAsync(service.Http, "10.0.0.1"));
        }

        string only = await StartAsync(service.Http, "10.0.0.2");
        List<(DateTime Started, string Job)> started = [];
        foreach (string job in jobs.Append(only))
        {
            started.Add(((await StatusAsync(service.Http, job, "succeeded")).GetProperty("startedAt").GetDateTime(), job));
        }

        // Some of the others started before it was sent.
        DateTime sent = (await service.Http.GetJsonAsync(only)).GetProperty("createdAt").GetDateTime();
        DateTime began = started.Single(entry => entry.Job == only).Started;
        Assert.InRange(started.Count(entry => entry.Started > sent && entry.Started < began), 0, 2);
        Assert.NotEqual(only, started.Max().Job);
        Assert.InRange((long)(await PostgresServer.ExecuteAsync(database, "SELECT count(*) FROM rnn_hangfire.job"))!, 21, 42);
        Assert.Equal(0L, await PostgresServer.ExecuteAsync(database, "SELECT count(*) FROM rnn_hangfire.job WHERE statename = 'Failed'"));
    }

    [Fact]
    public async Task A_job_starts_soon_although_locks_of_killed_processes_remain()
    {
        string database = await postgres.CreateDatabaseAsync();
        await using ServiceProcess service = await Node.StartAsync(database);
        await Node.WaitUntilReadyAsync(service);
        await PostgresServer.ExecuteAsync(database, """
            INSERT INTO rnn_hangfire.lock (resource, acquired) SELECT 'rnn_hangfire:job:' || number || ':state-lock', now() FROM generate_series(1, 10) number;
            INSERT INTO rnn_hangfire.lock (resource, acquired) VALUES ('rnn_hangfire:locks:schedulepoller', now()), ('rnn_hangfire:recurring-jobs:lock', now()), ('locks:expirationmanager', now())
            ON CONFLICT DO NOTHING;
            """);

        string job = await service.Http.StartTrainingAsync(Quick);

        await StatusAsync(service.Http, job, "succeeded").WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task An_idle_worker_takes_jobs_again_after_the_database_was_away()
    {
        PostgresInstallation.SkipIfMissing();
        await using PostgresServer server = await PostgresServer.StartNewAsync();
        string database = await server.CreateDatabaseAsync();
        await using ServiceProcess service = await Node.StartAsync(database);
        await Node.WaitUntilReadyAsync(service);

        await server.StopAsync();
        for (int i = 0; i < 5; i++)
        {
            using HttpResponseMessage refused = await service.Http.PostAsJsonAsync("/train", new { epochs = 1 });
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        await server.StartAsync();
        string job = await service.Http.StartTrainingAsync(Quick);

        await StatusAsync(service.Http, job, "succeeded").WaitAsync(TimeSpan.FromMinutes(1));
    }

    private static async Task<string> StartAsync(HttpClient http, string client)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/train") { Content = new StringContent(Quick, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Forwarded-For", client);
        using HttpResponseMessage response = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return response.Headers.Location!.ToString();
    }

    private static async Task<IEnumerable<string>> ChecksAsync(ServiceProcess service) =>
        (await service.Http.GetJsonAsync("/health/ready")).GetProperty("checks").EnumerateObject().Select(check => check.Name);

    /// <summary>Polls until a job has a status, and returns it.</summary>
    private static async Task<JsonElement> StatusAsync(HttpClient http, string job, string status)
    {
        while (true)
        {
            JsonElement read = await http.GetJsonAsync(job);
            string current = read.GetProperty("status").GetString()!;
            if (current == status)
            {
                return read;
            }

            Assert.True(current is "queued" or "running" or "cancelling", $"{job} is {current}.");
            await Task.Delay(50);
        }
    }
}
