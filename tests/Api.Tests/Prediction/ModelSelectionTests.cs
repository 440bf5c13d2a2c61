using System.Net;
using System.Text.Json;
using RnnService.Api.Tests.Storage;
using RnnService.Testing;

namespace RnnService.Api.Tests.Prediction;

/// <summary>Predictions with the query parameter `model`, which selects a model other than the active one.</summary>
public sealed class ModelSelectionTests : IAsyncDisposable
{
    private const string TinyTraining = """{"epochs": 1, "hiddenSize": 4, "trainingImages": 100}""";

    private readonly TemporaryDirectory directory = new();
    private readonly Service service;

    public ModelSelectionTests() => service = new(new Dictionary<string, string>(Database.In(directory)) { ["Prediction:LoadedModels"] = "2" }, TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task Any_number_of_models_can_be_selected_and_the_latest_stays_active()
    {
        string[] models = [await TrainAsync(), await TrainAsync(), await TrainAsync(), await TrainAsync()];
        string version = (await service.GetAsync($"/models/{models[0]}")).GetProperty("version").GetRawText();

        // The cache holds two models: in this order, each model has been evicted before it is selected again.
        foreach (string model in models.Concat(models))
        {
            Assert.Equal(model, await AnswersAsync($"?model={model}"));
            Assert.Equal(model, await AnswersAsync($"?model={model}&trace=true"));
            JsonElement batch = await Service.ReadJsonAsync(await service.PredictBatchAsync(Digits.Pngs(3), $"?model={model}"));
            Assert.All(batch.GetProperty("predictions").EnumerateArray(), answer => Assert.Equal(model, Model(answer)));
        }

        Assert.Equal(models[^1], await AnswersAsync(""));
        JsonElement first = await Service.ReadJsonAsync(await service.PredictAsync(Digits.Png(0), $"?model={models[0]}"));
        Assert.Equal(version, first.GetProperty("model").GetProperty("version").GetRawText());
    }

    [Fact]
    public async Task Concurrent_requests_are_answered_by_the_selected_models()
    {
        string[] models = [await TrainAsync(), await TrainAsync(), await TrainAsync(), await TrainAsync()];

        await Parallel.ForAsync(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
            Assert.Equal(models[i % models.Length], await AnswersAsync($"?model={models[i % models.Length]}")));
    }

    [Fact]
    public async Task Unknown_and_deleted_models_return_404()
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
    public async Task A_damaged_model_returns_409_and_the_others_are_available()
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

    private async Task<string?> AnswersAsync(string query) => Model(await Service.ReadJsonAsync(await service.PredictAsync(Digits.Png(0), query)));

    private static string? Model(JsonElement answer) => answer.GetProperty("model").GetProperty("id").GetString();
}
