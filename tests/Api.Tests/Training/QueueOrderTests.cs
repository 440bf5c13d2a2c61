using System.Net;
using System.Text;
using System.Text.Json;

namespace RnnService.Api.Tests.Training;

/// <summary>The order in which queued jobs start: by priority, and clients take turns. The client's address is that of a proxy's header, which the framework reads if it is told to.</summary>
public sealed class QueueOrderTests
{
    private const string Quick = """{"epochs": 1, "hiddenSize": 4, "trainingImages": 100}""";
    private const string QuickLow = """{"epochs": 1, "hiddenSize": 4, "trainingImages": 100, "priority": "low"}""";

    [Fact]
    public async Task Clients_take_turns_and_jobs_with_a_low_priority_start_last()
    {
        await using Service service = BehindProxy("true");
        string running = await StartAsync(service, "10.0.0.1", Service.EndlessTraining);
        await service.WaitForStatusAsync(running, "running");

        string low1 = await StartAsync(service, "10.0.0.9", QuickLow);
        string low2 = await StartAsync(service, "10.0.0.9", QuickLow);
        string first1 = await StartAsync(service, "10.0.0.1", Quick);
        string first2 = await StartAsync(service, "10.0.0.1", Quick);
        string first3 = await StartAsync(service, "10.0.0.1", Quick);
        string second1 = await StartAsync(service, "10.0.0.2", Quick);
        string network1 = await StartAsync(service, "2001:db8::1", Quick);
        string network2 = await StartAsync(service, "2001:db8::2", Quick);
        string low3 = await StartAsync(service, "10.0.0.1", QuickLow);
        await CancelAsync(service, running);

        Assert.Equal(
            [first1, second1, network1, first2, network2, first3, low1, low3, low2],
            await OrderOfStartAsync(service, first1, first2, first3, second1, network1, network2, low1, low2, low3));
    }

    [Fact]
    public async Task A_resumed_job_is_queued_behind_the_other_jobs_of_its_client()
    {
        await using Service service = BehindProxy("true");
        string running = await StartAsync(service, "10.0.0.1", Service.EndlessTraining);
        await service.WaitForStatusAsync(running, "running");
        string resumed = await StartAsync(service, "10.0.0.1", Quick);
        string next = await StartAsync(service, "10.0.0.1", Quick);
        string other = await StartAsync(service, "10.0.0.2", Quick);

        await CancelAsync(service, resumed);
        using HttpResponseMessage response = await service.Http.PostAsync($"{resumed}/resume", content: null);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        await CancelAsync(service, running);

        Assert.Equal([other, next, resumed], await OrderOfStartAsync(service, resumed, next, other));
    }

    [Fact]
    public async Task Without_a_proxy_its_header_is_ignored()
    {
        await using Service service = BehindProxy("false");
        string running = await StartAsync(service, "10.0.0.1", Service.EndlessTraining);
        await service.WaitForStatusAsync(running, "running");
        string first1 = await StartAsync(service, "10.0.0.1", Quick);
        string first2 = await StartAsync(service, "10.0.0.1", Quick);
        string second1 = await StartAsync(service, "10.0.0.2", Quick);
        await CancelAsync(service, running);

        Assert.Equal([first1, first2, second1], await OrderOfStartAsync(service, first1, first2, second1));
    }

    [Fact]
    public async Task As_many_jobs_are_trained_at_the_same_time_as_the_setting_allows()
    {
        await using Service service = new(new Dictionary<string, string> { ["Worker:Concurrency"] = "2" }, TimeProvider.System);
        string[] jobs = [await service.StartTrainingAsync(Service.EndlessTraining), await service.StartTrainingAsync(Service.EndlessTraining)];

        foreach (string job in jobs)
        {
            await service.WaitForStatusAsync(job, "running");
        }

        Assert.Equal("queued", (await service.GetAsync(await service.StartTrainingAsync(Quick))).GetProperty("status").GetString());
        Assert.Equal(2, (await service.GetAsync("/jobs?status=running")).GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task The_job_has_its_priority_and_an_unknown_one_is_an_error()
    {
        await using Service service = new();
        string normal = await service.StartTrainingAsync(Quick);
        string low = await service.StartTrainingAsync(QuickLow);

        Assert.Equal("normal", (await service.GetAsync(normal)).GetProperty("priority").GetString());
        Assert.Equal("low", (await service.GetAsync(low)).GetProperty("priority").GetString());
        using HttpResponseMessage response = await service.PostJsonAsync("/train", """{"priority": "urgent"}""");
        await Problems.AssertAsync(response, HttpStatusCode.BadRequest, "priority: must be one of normal, low, not \"urgent\".");
    }

    private static Service BehindProxy(string enabled) => new(new Dictionary<string, string> { ["ForwardedHeaders_Enabled"] = enabled }, TimeProvider.System);

    private static async Task<string> StartAsync(Service service, string client, string training)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/train") { Content = new StringContent(training, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Forwarded-For", client);
        using HttpResponseMessage response = await service.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return response.Headers.Location!.ToString();
    }

    private static async Task CancelAsync(Service service, string job)
    {
        using HttpResponseMessage response = await service.Http.PostAsync($"{job}/cancel", content: null);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    /// <summary>Waits until the jobs end and returns them in the order in which they started.</summary>
    private static async Task<string[]> OrderOfStartAsync(Service service, params string[] jobs)
    {
        List<(DateTime Started, string Job)> started = [];
        foreach (string job in jobs)
        {
            JsonElement ended = JsonElement.Parse((await service.WatchAsync(job).LastAsync()).Data);
            Assert.Equal("succeeded", ended.GetProperty("status").GetString());
            started.Add((ended.GetProperty("startedAt").GetDateTime(), job));
        }

        return [.. started.Order().Select(entry => entry.Job)];
    }
}
