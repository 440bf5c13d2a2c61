using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;

namespace RnnService.Api.Tests.Prediction;

public sealed class LoadTests
{
    [Fact]
    public async Task Of_2000_requests_at_once_each_is_answered_or_told_to_come_again_and_the_service_is_ready_after()
    {
        await using Service service = new();
        await service.TrainAsync();
        byte[][] digits = Digits.Pngs(2_000);

        HttpResponseMessage[] answers = await Task.WhenAll(digits.Select(digit => service.PredictAsync(digit)));

        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        foreach (HttpResponseMessage refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.OK))
        {
            await Problems.AssertAsync(refused, HttpStatusCode.ServiceUnavailable, "256 images are already waiting, which is the limit. Send the request again in a second.");
            Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
        }

        Assert.Equal(HttpStatusCode.OK, (await service.PredictAsync(digits[0])).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await service.Http.GetAsync("/health/ready")).StatusCode);
    }

    [Fact]
    public async Task More_than_the_queue_takes_is_refused_and_leaves_it_free()
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
    public async Task While_the_model_is_changed_200_times_no_request_fails_and_every_answer_names_one_that_there_was()
    {
        await using Service service = new(new Dictionary<string, string> { ["Prediction:MaxBatch"] = "8" }, TimeProvider.System);
        string[] models = [.. await TrainAsync(service, 3)];
        using CancellationTokenSource enough = new();
        ConcurrentDictionary<string, int> answers = [];
        byte[] digit = Digits.Png(0);
        Task[] clients = [.. Enumerable.Range(0, 8).Select(client => Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                string query = client switch { 0 => "?trace=true", 1 => $"?model={models[1]}", _ => "" };
                string model = (await Service.AnswerAsync(await service.PredictAsync(digit, query))).GetProperty("model").GetProperty("id").GetString()!;
                answers.AddOrUpdate(model, 1, (_, count) => count + 1);
            }
        }))];

        for (int swap = 0; swap < 200; swap++)
        {
            using HttpResponseMessage chosen = await service.Http.PutAsJsonAsync("/models/active", new { id = models[swap % models.Length] });
            Assert.Equal(HttpStatusCode.OK, chosen.StatusCode);
        }

        await enough.CancelAsync();
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
