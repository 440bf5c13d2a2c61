using System.Net;
using System.Text.Json;
using RnnService.Api.Tests.Storage;
using RnnService.Testing;

namespace RnnService.Api.Tests.Prediction;

/// <summary>Asking another model than the one that serves.</summary>
public sealed class OtherModelTests : IAsyncDisposable
{
    private const string TinyTraining = """{"epochs": 1, "hiddenSize": 4, "trainingImages": 100}""";

    private readonly TemporaryDirectory directory = new();
    private readonly Service service;

    public OtherModelTests() => service = new(new Dictionary<string, string>(Database.In(directory)) { ["Prediction:LoadedModels"] = "2" }, TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task Each_answers_when_it_is_asked_however_many_there_are_and_the_latest_serves_on()
    {
        string[] models = [await TrainAsync(), await TrainAsync(), await TrainAsync(), await TrainAsync()];
        string version = (await service.GetAsync($"/models/{models[0]}")).GetProperty("version").GetRawText();

        // Two are kept ready: in this order each has been put away when it is asked again.
        foreach (string model in models.Concat(models))
        {
            Assert.Equal(model, await AnswersAsync($"?model={model}"));
            Assert.Equal(model, await AnswersAsync($"?model={model}&trace=true"));
            JsonElement batch = await Service.AnswerAsync(await service.PredictBatchAsync(Digits.Pngs(3), $"?model={model}"));
            Assert.All(batch.GetProperty("predictions").EnumerateArray(), answer => Assert.Equal(model, Model(answer)));
        }

        Assert.Equal(models[^1], await AnswersAsync(""));
        JsonElement first = await Service.AnswerAsync(await service.PredictAsync(Digits.Png(0), $"?model={models[0]}"));
        Assert.Equal(version, first.GetProperty("model").GetProperty("version").GetRawText());
    }

    [Fact]
    public async Task Many_ask_many_at_once_and_each_hears_from_the_one_it_asked()
    {
        string[] models = [await TrainAsync(), await TrainAsync(), await TrainAsync(), await TrainAsync()];

        await Parallel.ForAsync(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
            Assert.Equal(models[i % models.Length], await AnswersAsync($"?model={models[i % models.Length]}")));
    }

    [Fact]
    public async Task One_that_there_is_not_or_not_any_more_is_refused()
    {
        string first = await TrainAsync();
        await TrainAsync();
        Assert.Equal(first, await AnswersAsync($"?model={first}"));
        using HttpResponseMessage deleted = await service.Http.DeleteAsync($"/models/{first}");

        foreach (string gone in new[] { "seven", "", Guid.Empty.ToString(), first })
        {
            await Problems.AssertAsync(await service.PredictAsync(Digits.Png(0), $"?model={gone}"), HttpStatusCode.NotFound, $"There is no model '{gone}'. GET /models lists all models");
            await Problems.AssertAsync(await service.PredictBatchAsync(Digits.Pngs(2), $"?model={gone}"), HttpStatusCode.NotFound, $"There is no model '{gone}'.");
        }
    }

    [Fact]
    public async Task One_that_is_damaged_is_refused_and_the_others_answer()
    {
        string first = await TrainAsync();
        string second = await TrainAsync();
        Database.Execute(directory, $"UPDATE model_weights SET content = substr(content, 1, length(content) - 4) || x'00000000' WHERE model_id = '{first.ToUpperInvariant()}'");

        await Problems.AssertAsync(await service.PredictAsync(Digits.Png(0), $"?model={first}"), HttpStatusCode.ServiceUnavailable, $"Model {first} is damaged");
        await Problems.AssertAsync(await service.PredictBatchAsync(Digits.Pngs(2), $"?model={first}"), HttpStatusCode.ServiceUnavailable, "is damaged");

        Assert.Equal(second, await AnswersAsync(""));
        Assert.Equal(second, await AnswersAsync($"?model={second}"));
    }

    private async Task<string> TrainAsync() => (await service.TrainAsync(TinyTraining)).GetProperty("modelId").GetString()!;

    private async Task<string?> AnswersAsync(string query) => Model(await Service.AnswerAsync(await service.PredictAsync(Digits.Png(0), query)));

    private static string? Model(JsonElement answer) => answer.GetProperty("model").GetProperty("id").GetString();
}
