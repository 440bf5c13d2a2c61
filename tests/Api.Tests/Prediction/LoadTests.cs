using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;

namespace RnnService.Api.Tests.Prediction;

public sealed class LoadTests
{
    [Fact]
    public async Task Each_of_2000_concurrent_requests_is_answered_or_rejected_with_RetryAfter()
    {
        await using Service service = new();
        await service.TrainAsync();
        byte[][] digits = Digits.Pngs(2_000);

        HttpResponseMessage[] answers = await Task.WhenAll(digits.Select(digit => service.PredictAsync(digit)));

        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        foreach (HttpResponseMessage rejected in answers.Where(answer => answer.StatusCode != HttpStatusCode.OK))
        {
            await Problems.AssertAsync(rejected, HttpStatusCode.ServiceUnavailable, "256 images are already waiting, which is the limit. Send the request again in a second.");
            Assert.Equal(TimeSpan.FromSeconds(1), rejected.Headers.RetryAfter?.Delta);
        }

        Assert.Equal(HttpStatusCode.OK, (await service.PredictAsync(digits[0])).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await service.Http.GetAsync("/health/ready")).StatusCode);
    }

    [Fact]
    public async Task Requests_beyond_the_queue_limit_are_rejected_and_the_queue_recovers()
    {
        await using Service service = new(new Dictionary<string, string> { ["Prediction:QueueLimit"] = "1", ["Prediction:MaxBatch"] = "1" }, TimeProvider.System);
        await service.TrainAsync();

        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => i % 3 == 0
            ? service.PredictBatchAsync(Digits.Pngs(20))
            : service.PredictAsync(Digits.Png(i))));

        Assert.All(answers, answer => Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable }));
        Assert.Equal(HttpStatusCode.OK, (await service.PredictBatchAsync(Digits.Pngs(20))).StatusCode);
    }

    [Fact]
    public async Task No_request_fails_while_the_active_model_changes_200_times()
    {
        await using Service service = new(new Dictionary<string, string> { ["Prediction:MaxBatch"] = "8" }, TimeProvider.System);
        string[] models = [.. await TrainAsync(service, 3)];
        using CancellationTokenSource stop = new();
        ConcurrentDictionary<string, int> answers = [];
        byte[] digit = Digits.Png(0);
        Task[] clients = [.. Enumerable.Range(0, 8).Select(client => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                string query = client switch { 0 => "?trace=true", 1 => $"?model={models[1]}", _ => "" };
                string model = (await Service.ReadJsonAsync(await service.PredictAsync(digit, query))).GetProperty("model").GetProperty("id").GetString()!;
                answers.AddOrUpdate(model, 1, (_, count) => count + 1);
            }
        }))];

        for (int swap = 0; swap < 200; swap++)
        {
            using HttpResponseMessage chosen = await service.Http.PutAsJsonAsync("/models/active", new { id = models[swap % models.Length] });
            Assert.Equal(HttpStatusCode.OK, chosen.StatusCode);
        }

        await stop.CancelAsync();
        await Task.WhenAll(clients);
        Assert.Equal(models.Order(), answers.Keys.Order());
    }

    private static async Task<IReadOnlyList<string>> TrainAsync(Service service, int count)
    {
        List<string> models = [];
        for (int i = 0; i < count; i++)
        {
            models.Add((await service.TrainAsync("""{"epochs": 1, "hiddenSize": 8, "trainingImages": 100}""")).GetProperty("modelId").GetString()!);
        }

        return models;
    }
}
