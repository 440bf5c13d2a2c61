using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using RnnService.Api.Tests.Storage;
using RnnService.Testing;

namespace RnnService.Api.Tests.Models;

public sealed class ActiveModelEndpointsTests : IAsyncDisposable
{
    private static readonly byte[] Digit = PngWriter.Gray(Mnist.Data.Test.Pixels(0));

    private readonly TemporaryDirectory directory = new();
    private Service service;

    public ActiveModelEndpointsTests() => service = new(Database.In(directory), TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task The_latest_model_is_active_until_another_is_pinned_and_again_after_unpinning()
    {
        string first = await TrainAsync();
        Assert.Equal((first, false), await ActiveAsync());
        string second = await TrainAsync();
        Assert.Equal((second, false), await ActiveAsync());

        Assert.Equal(HttpStatusCode.OK, await PutAsync(first));
        Assert.Equal((first, true), await ActiveAsync());
        string third = await TrainAsync();
        Assert.Equal((first, true), await ActiveAsync());

        Assert.Equal(HttpStatusCode.OK, await PutAsync("latest"));
        Assert.Equal((third, false), await ActiveAsync());
        Assert.Equal([true, false, false], (await service.GetAsync("/models")).GetProperty("data").EnumerateArray().Select(model => model.GetProperty("active").GetBoolean()));
    }

    [Fact]
    public async Task The_active_model_cannot_be_deleted_and_others_can()
    {
        string first = await TrainAsync();
        string second = await TrainAsync();

        await Problems.AssertAsync(await service.Http.DeleteAsync($"/models/{second}"), HttpStatusCode.Conflict, "is active. Activate another model with PUT /models/active first");
        using HttpResponseMessage deleted = await service.Http.DeleteAsync($"/models/{first}");

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        foreach (string gone in new[] { $"/models/{first}", $"/models/{first}/weights.safetensors", $"/models/{first}/model.onnx" })
        {
            await Problems.AssertAsync(await service.Http.GetAsync(gone), HttpStatusCode.NotFound, "There is no model");
        }

        await Problems.AssertAsync(await service.Http.DeleteAsync($"/models/{first}"), HttpStatusCode.NotFound, "There is no model");
    }

    [Fact]
    public async Task A_damaged_model_cannot_be_activated_and_the_active_model_stays()
    {
        string first = await TrainAsync();
        string second = await TrainAsync();
        Damage(first);

        await Problems.AssertAsync(await service.Http.PutAsJsonAsync("/models/active", new { id = first }), HttpStatusCode.ServiceUnavailable, "the SHA-256 of its weights is");
        await Problems.AssertAsync(await service.Http.GetAsync($"/models/{first}/weights.safetensors"), HttpStatusCode.ServiceUnavailable, "is damaged");
        await Problems.AssertAsync(await service.Http.GetAsync($"/models/{first}/model.onnx"), HttpStatusCode.ServiceUnavailable, "is damaged");

        Assert.Equal((second, false), await ActiveAsync());
    }

    [Fact]
    public async Task A_damaged_model_is_skipped_after_a_restart()
    {
        string first = await TrainAsync();
        string second = await TrainAsync();
        Damage(second);

        await service.DisposeAsync();
        service = new(Database.In(directory), TimeProvider.System);

        Assert.Equal((first, false), await ActiveAsync());
    }

    [Fact]
    public async Task A_model_with_non_finite_weights_cannot_be_activated()
    {
        // The weights are invalid but their hash is correct.
        string first = await TrainAsync();
        string second = await TrainAsync();
        byte[] weights = await service.Http.GetByteArrayAsync($"/models/{first}/weights.safetensors");
        BitConverter.TryWriteBytes(weights.AsSpan(weights.Length - 4), float.NaN);
        string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(weights));
        Database.Execute(directory, $"UPDATE model_weights SET content = x'{Convert.ToHexString(weights)}' WHERE model_id = '{first.ToUpperInvariant()}'; UPDATE models SET sha256 = '{hash}' WHERE id = '{first.ToUpperInvariant()}'");

        await Problems.AssertAsync(await service.Http.PutAsJsonAsync("/models/active", new { id = first }), HttpStatusCode.ServiceUnavailable, "is not finite");
        Assert.Equal((second, false), await ActiveAsync());
    }

    [Fact]
    public async Task Without_a_model_there_is_no_active_model()
    {
        await Problems.AssertAsync(await service.Http.GetAsync("/models/active"), HttpStatusCode.NotFound, "POST /train trains one");
        await Problems.AssertAsync(await service.Http.PutAsJsonAsync("/models/active", new { id = "latest" }), HttpStatusCode.NotFound, "POST /train trains one");
        await Problems.AssertAsync(await service.Http.PutAsJsonAsync("/models/active", new { id = Guid.Empty }), HttpStatusCode.NotFound, "There is no model");
    }

    [Theory]
    [InlineData("{}", "id: is missing. Send a model's id, or {\"id\": \"latest\"}.")]
    [InlineData("""{"id": 7}""", "id: must be a string, not 7.")]
    [InlineData("""{"model": "latest"}""", "model: is not a field of this request. The fields are id.")]
    [InlineData("latest", "not valid JSON")]
    public async Task Invalid_requests_are_rejected(string body, string detail) =>
        await Problems.AssertAsync(await service.Http.PutAsync("/models/active", Requests.Body(System.Text.Encoding.UTF8.GetBytes(body), "application/json")), HttpStatusCode.BadRequest, detail);

    private async Task<string> TrainAsync() => (await service.TrainAsync()).GetProperty("modelId").GetString()!;

    private async Task<HttpStatusCode> PutAsync(string id)
    {
        using HttpResponseMessage response = await service.Http.PutAsJsonAsync("/models/active", new { id });
        return response.StatusCode;
    }

    /// <summary>Returns the active model, and asserts that predictions use it.</summary>
    private async Task<(string? Id, bool Pinned)> ActiveAsync()
    {
        JsonElement active = await service.GetAsync("/models/active");
        using HttpResponseMessage answer = await service.PredictAsync(Digit);
        Assert.Equal(active.GetProperty("id").GetString(), (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("model").GetProperty("id").GetString());
        return (active.GetProperty("id").GetString(), active.GetProperty("pinned").GetBoolean());
    }

    private void Damage(string id) =>
        Database.Execute(directory, $"UPDATE model_weights SET content = substr(content, 1, length(content) - 4) || x'00000000' WHERE model_id = '{id.ToUpperInvariant()}'");
}
