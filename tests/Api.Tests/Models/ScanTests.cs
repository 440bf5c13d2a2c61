using System.Net;
using RnnService.Api.Tests.Storage;
using RnnService.Testing;

namespace RnnService.Api.Tests.Models;

public sealed class ScanTests : IAsyncDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly Service service;
    private readonly string[] models;

    public ScanTests()
    {
        RecordedResponses recorded = new("0dacae0");
        recorded.CopyIdleDatabaseTo(directory);
        models = [.. recorded.Models.Select(model => model.GetProperty("id").GetString()!)];
        service = new Service(Database.In(directory), TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task Scans_whose_callers_have_left_do_not_run()
    {
        for (int i = 0; i < 100; i++)
        {
            using CancellationTokenSource leaving = new();
            Task<HttpResponseMessage> asked = service.Http.GetAsync($"/models/{models[i % models.Length]}/misread", leaving.Token);
            while (i % 10 == 0 && service.Measure("rnn.models.scans.active") == 0 && !asked.IsCompleted)
            {
                await service.Http.GetAsync("/health/live");
            }

            await leaving.CancelAsync();
            await Record.ExceptionAsync(() => asked);
        }

        while (service.Measure("rnn.models.scans.active") + service.Measure("rnn.models.scans.queued") > 0)
        {
            await service.Http.GetAsync("/health/live");
        }

        Assert.Equal(HttpStatusCode.OK, (await service.Http.GetAsync($"/models/{models[0]}/misread")).StatusCode);
    }

    [Fact]
    public async Task A_caller_that_leaves_does_not_cancel_the_scan_of_others()
    {
        using CancellationTokenSource leaving = new();
        Task<HttpResponseMessage>[] staying = [.. Enumerable.Range(0, 5).Select(_ => service.Http.GetAsync($"/models/{models[0]}/misread"))];
        Task<HttpResponseMessage> left = service.Http.GetAsync($"/models/{models[0]}/misread", leaving.Token);
        await leaving.CancelAsync();

        await Record.ExceptionAsync(() => left);
        Assert.All(await Task.WhenAll(staying), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }
}
