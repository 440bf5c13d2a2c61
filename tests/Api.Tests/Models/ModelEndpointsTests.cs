using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using RnnService.Model.Architecture;

namespace RnnService.Api.Tests.Models;

public sealed class ModelEndpointsTests(Service service) : IClassFixture<Service>
{
    [Fact]
    public async Task Models_are_listed_newest_first()
    {
        JsonElement first = await service.TrainAsync();
        JsonElement second = await service.TrainAsync();

        JsonElement page = await service.GetAsync("/models?limit=1");
        JsonElement rest = await service.GetAsync($"/models?after={second.GetProperty("modelId").GetString()}");

        JsonElement model = Assert.Single(page.GetProperty("data").EnumerateArray());
        Assert.True(page.GetProperty("hasMore").GetBoolean());
        Assert.Equal(
            ["id", "version", "jobId", "createdAt", "network", "options", "testAccuracy", "classAccuracy", "confusionMatrix", "parameters", "sha256", "active", "pinned"],
            model.EnumerateObject().Select(field => field.Name));
        Assert.Equal(second.GetProperty("modelId").GetString(), model.GetProperty("id").GetString());
        Assert.Equal(second.GetProperty("id").GetString(), model.GetProperty("jobId").GetString());
        Assert.Equal(second.GetProperty("testAccuracy").GetDouble(), model.GetProperty("testAccuracy").GetDouble());
        Assert.Equal(second.GetProperty("options").GetRawText(), model.GetProperty("options").GetRawText());
        Assert.Equal(first.GetProperty("modelId").GetString(), rest.GetProperty("data")[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task Weights_can_be_downloaded_and_match_the_model()
    {
        string id = (await service.TrainAsync()).GetProperty("modelId").GetString()!;

        JsonElement model = await service.GetAsync($"/models/{id}");
        using HttpResponseMessage download = await service.Http.GetAsync($"/models/{id}/weights.safetensors");
        byte[] weights = await download.Content.ReadAsByteArrayAsync();

        Assert.Equal(id, model.GetProperty("id").GetString());
        Assert.Equal(model.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(weights)));
        Assert.Equal($"rnn-service-{model.GetProperty("version").GetInt32()}.safetensors", download.Content.Headers.ContentDisposition?.FileName);
        Assert.Equal(model.GetProperty("parameters").GetInt64(), NetworkFile.Parse(weights).Tensors.Sum(tensor => tensor.Values.Length));
    }

    [Fact]
    public async Task ConfusionMatrix_and_classAccuracy_cover_the_test_set()
    {
        JsonElement job = await service.TrainAsync();

        JsonElement model = await service.GetAsync($"/models/{job.GetProperty("modelId").GetString()}");

        int[][] counts = [.. model.GetProperty("confusionMatrix").EnumerateArray().Select(row => row.EnumerateArray().Select(count => count.GetInt32()).ToArray())];
        double[] accuracies = [.. model.GetProperty("classAccuracy").EnumerateArray().Select(accuracy => accuracy.GetDouble())];
        Assert.Equal([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009], counts.Select(row => row.Sum()));
        Assert.Equal(job.GetProperty("testAccuracy").GetDouble(), counts.Select((row, digit) => row[digit]).Sum() / 10_000.0);
        Assert.Equal(counts.Select((row, digit) => (double)row[digit] / row.Sum()), accuracies);
    }

    [Fact]
    public async Task Unchanged_files_are_not_resent()
    {
        string id = (await service.TrainAsync()).GetProperty("modelId").GetString()!;
        foreach (string file in new[] { "weights.safetensors", "model.onnx" })
        {
            using HttpResponseMessage download = await service.Http.GetAsync($"/models/{id}/{file}");
            using HttpRequestMessage again = new(HttpMethod.Get, $"/models/{id}/{file}") { Headers = { { "If-None-Match", download.Headers.ETag!.ToString() } } };
            using HttpResponseMessage answer = await service.Http.SendAsync(again);

            Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("/models/seven")]
    [InlineData("/models/0198c0de-0000-7000-8000-000000000000")]
    [InlineData("/models/0198c0de-0000-7000-8000-000000000000/weights.safetensors")]
    [InlineData("/models/0198c0de-0000-7000-8000-000000000000/model.onnx")]
    public async Task An_unknown_id_returns_404(string path) =>
        await Problems.AssertAsync(await service.Http.GetAsync(path), HttpStatusCode.NotFound, "GET /models lists all models");

    [Fact]
    public async Task Invalid_query_parameters_are_rejected() =>
        await Problems.AssertAsync(await service.Http.GetAsync("/models?limit=1000"), HttpStatusCode.BadRequest, "limit: must be a whole number from 1 to 100");
}
