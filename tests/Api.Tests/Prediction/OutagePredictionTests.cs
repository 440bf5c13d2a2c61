using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using RnnService.Api.Tests.Jobs;
using RnnService.Api.Tests.OpenInference;

namespace RnnService.Api.Tests.Prediction;

/// <summary>While the database is away, every model that the process has loaded predicts, and requests for others are refused.</summary>
public sealed class OutagePredictionTests : IAsyncDisposable
{
    private const string TinyTraining = """{"epochs": 1, "hiddenSize": 4, "trainingImages": 100}""";

    private readonly DatabaseOutage outage = new(TimeProvider.System);
    private readonly Service service;

    public OutagePredictionTests() => service = new Service(
        new Dictionary<string, string>(), TimeProvider.System, services => services.AddSingleton<IInterceptor>(outage.Commands).AddSingleton<IInterceptor>(outage.Transactions));

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task Loaded_models_answer_from_memory_and_others_are_refused()
    {
        string[] models = [await TrainAsync(), await TrainAsync(), await TrainAsync()];
        string before = await AnswerAsync($"?model={models[0]}");
        string active = await AnswerAsync("");

        outage.Plan(after: 0, lasting: TimeSpan.FromDays(1));

        Assert.Equal(before, await AnswerAsync($"?model={models[0]}"));
        Assert.Equal(active, await AnswerAsync($"?model={models[2]}"));
        Assert.Equal(active, await AnswerAsync(""));
        JsonElement batch = await Service.ReadJsonAsync(await service.PredictBatchAsync(Digits.Pngs(2), $"?model={models[0]}"));
        Assert.All(batch.GetProperty("predictions").EnumerateArray(), answer => Assert.Equal(models[0], answer.GetProperty("model").GetProperty("id").GetString()));
        Assert.Equal(HttpStatusCode.OK, (await InferAsync(version: 1)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await InferAsync(version: 3)).StatusCode);

        HttpResponseMessage refused = await service.PredictAsync(Digits.Png(0), $"?model={models[1]}");
        Assert.NotNull(refused.Headers.RetryAfter);
        await Problems.AssertAsync(refused, HttpStatusCode.ServiceUnavailable, "database");
        HttpResponseMessage notInferred = await InferAsync(version: 2);
        Assert.NotNull(notInferred.Headers.RetryAfter);
        await OpenInferenceErrors.AssertAsync(notInferred, HttpStatusCode.ServiceUnavailable, "database");

        outage.Plan(after: -1, lasting: TimeSpan.Zero);
        Assert.Contains(models[1], await AnswerAsync($"?model={models[1]}"), StringComparison.Ordinal);
    }

    private async Task<string> TrainAsync() => (await service.TrainAsync(TinyTraining)).GetProperty("modelId").GetString()!;

    private async Task<string> AnswerAsync(string query) => (await Service.ReadJsonAsync(await service.PredictAsync(Digits.Png(0), query))).GetRawText();

    private Task<HttpResponseMessage> InferAsync(int version) => service.PostJsonAsync($"/v2/models/digits/versions/{version}/infer", Digits.InferRequest(1));
}
