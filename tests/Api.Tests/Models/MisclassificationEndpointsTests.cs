using System.Net;
using System.Text.Json;
using RnnService.Api.Tests.Storage;
using RnnService.Model.Data;
using RnnService.Testing;

namespace RnnService.Api.Tests.Models;

public sealed class MisclassificationEndpointsTests(Service service) : IClassFixture<Service>
{
    [Fact]
    public async Task Misclassifications_match_the_confusion_matrix()
    {
        JsonElement model = await TrainAsync();
        int[][] confusion = [.. model.GetProperty("confusionMatrix").EnumerateArray().Select(row => row.EnumerateArray().Select(count => count.GetInt32()).ToArray())];

        List<JsonElement> images = await AllAsync(model);

        Assert.Equal(Enumerable.Range(0, 10).Sum(digit => confusion[digit].Sum() - confusion[digit][digit]), images.Count);
        Assert.All(images.GroupBy(image => (Actual: Number(image, "actual"), Predicted: Number(image, "predicted"))), group =>
            Assert.Equal(confusion[group.Key.Actual][group.Key.Predicted], group.Count()));
        Assert.Equal(images.Select(image => Number(image, "index")).Order(), images.Select(image => Number(image, "index")));
    }

    [Fact]
    public async Task Each_image_has_its_label_prediction_and_pixels()
    {
        JsonElement model = await TrainAsync();

        JsonElement image = (await PageAsync(model, "?limit=1")).GetProperty("data")[0];

        Assert.Equal(["index", "actual", "predicted", "confidence", "pixels"], image.EnumerateObject().Select(field => field.Name));
        int index = Number(image, "index");
        DigitDataset test = Mnist.Data.Test;
        Assert.Equal(test.Labels[index], Number(image, "actual"));
        Assert.Equal(test.Pixels(index).ToArray(), image.GetProperty("pixels").EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(pixel => pixel.GetByte()));
        Assert.Equal(28, image.GetProperty("pixels").GetArrayLength());
        using HttpResponseMessage answer = await service.PredictAsync(PngWriter.Gray(test.Pixels(index)));
        JsonElement prediction = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(prediction.GetProperty("digit").GetInt32(), Number(image, "predicted"));
        Assert.Equal(prediction.GetProperty("confidence").GetDouble(), image.GetProperty("confidence").GetDouble(), 1e-4);
    }

    [Fact]
    public async Task Misclassifications_can_be_filtered_by_label_and_predicted_digit()
    {
        JsonElement model = await TrainAsync();
        JsonElement last = (await AllAsync(model))[^1];
        (int actual, int predicted) = (Number(last, "actual"), Number(last, "predicted"));

        List<JsonElement> images = await AllAsync(model, $"&actual={actual}&predicted={predicted}");

        Assert.Equal(model.GetProperty("confusionMatrix")[actual][predicted].GetInt32(), images.Count);
        Assert.All(images, image => Assert.Equal((actual, predicted), (Number(image, "actual"), Number(image, "predicted"))));
        Assert.Empty(await AllAsync(model, $"&actual={actual}&predicted={actual}"));
    }

    [Fact]
    public async Task Concurrent_requests_return_the_same_response()
    {
        JsonElement model = await TrainAsync();

        string[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => service.Http.GetStringAsync(Path(model))));

        Assert.Single(answers.Distinct());
    }

    [Theory]
    [InlineData("actual=10", "actual: must be a digit from 0 to 9, not '10'.")]
    [InlineData("predicted=nine", "predicted: must be a digit from 0 to 9, not 'nine'.")]
    [InlineData("actual=-1&limit=0", "actual: must be a digit from 0 to 9, not '-1'. limit: must be a whole number from 1 to 100")]
    [InlineData("after=99999999999", "after: must be the index of the last image on the previous page")]
    [InlineData("limit=101", "limit: must be a whole number from 1 to 100, not '101'.")]
    public async Task Invalid_query_parameters_are_rejected(string query, string detail) =>
        await Problems.AssertAsync(await service.Http.GetAsync($"/models/any/misread?{query}"), HttpStatusCode.BadRequest, detail);

    [Theory]
    [InlineData("seven")]
    [InlineData("active")]
    [InlineData("0198c0de-0000-7000-8000-000000000000")]
    public async Task An_unknown_id_returns_404(string id) =>
        await Problems.AssertAsync(await service.Http.GetAsync($"/models/{id}/misread"), HttpStatusCode.NotFound, "GET /models lists all models");

    [Fact]
    public async Task A_dataset_that_is_no_longer_configured_returns_409()
    {
        using TemporaryDirectory directory = new();
        SmallDataset.Write(directory.Path, trainingImages: 240, testImages: 50);
        string path;
        await using (Service first = new(new Dictionary<string, string>(Database.In(directory)) { ["Datasets:small:Directory"] = directory.Path }, TimeProvider.System))
        {
            JsonElement job = await first.TrainAsync("""{"epochs": 1, "hiddenSize": 16, "dataset": "small"}""");
            path = $"/models/{job.GetProperty("modelId").GetString()}/misread";
            Assert.True((await first.GetAsync(path)).GetProperty("data").GetArrayLength() > 0);
        }

        await using Service second = new(Database.In(directory), TimeProvider.System);

        await Problems.AssertAsync(await second.Http.GetAsync(path), HttpStatusCode.Conflict, "was trained on the dataset 'small', which is no longer configured. Set Datasets:small:Directory");
    }

    private async Task<JsonElement> TrainAsync()
    {
        JsonElement job = await service.TrainAsync("""{"epochs": 2, "hiddenSize": 32, "trainingImages": 2000}""");
        return await service.GetAsync($"/models/{job.GetProperty("modelId").GetString()}");
    }

    private async Task<List<JsonElement>> AllAsync(JsonElement model, string query = "")
    {
        List<JsonElement> images = [];
        JsonElement page;
        do
        {
            string after = images.Count == 0 ? "" : $"&after={Number(images[^1], "index")}";
            page = await PageAsync(model, $"?limit=100{after}{query}");
            images.AddRange(page.GetProperty("data").EnumerateArray());
        }
        while (page.GetProperty("hasMore").GetBoolean());
        return images;
    }

    private Task<JsonElement> PageAsync(JsonElement model, string query) => service.GetAsync(Path(model) + query);

    private static string Path(JsonElement model) => $"/models/{model.GetProperty("id").GetString()}/misread";

    private static int Number(JsonElement image, string field) => image.GetProperty(field).GetInt32();
}
