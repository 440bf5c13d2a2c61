using System.Net;
using System.Text.Json;

namespace RnnService.Api.Tests.Models;

public sealed class ModelEndpointsTests(Service service) : IClassFixture<Service>
{
    [Fact]
    public async Task Lists_what_was_trained_newest_first()
    {
        JsonElement first = await service.TrainAsync();
        JsonElement second = await service.TrainAsync();

        JsonElement page = await service.GetAsync("/models?limit=1");
        JsonElement rest = await service.GetAsync($"/models?after={second.GetProperty("modelId").GetString()}");

        JsonElement model = Assert.Single(page.GetProperty("data").EnumerateArray());
        Assert.True(page.GetProperty("hasMore").GetBoolean());
        Assert.Equal(
            ["id", "version", "jobId", "createdAt", "network", "options", "testAccuracy", "parameters", "sha256"],
            model.EnumerateObject().Select(field => field.Name));
        Assert.Equal(second.GetProperty("modelId").GetString(), model.GetProperty("id").GetString());
        Assert.Equal(second.GetProperty("id").GetString(), model.GetProperty("jobId").GetString());
        Assert.Equal(second.GetProperty("testAccuracy").GetDouble(), model.GetProperty("testAccuracy").GetDouble());
        Assert.Equal(second.GetProperty("options").GetRawText(), model.GetProperty("options").GetRawText());
        Assert.Equal(first.GetProperty("modelId").GetString(), rest.GetProperty("data")[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task Refuses_a_bad_parameter() =>
        await Problems.AssertAsync(await service.Http.GetAsync("/models?limit=1000"), HttpStatusCode.BadRequest, "limit: must be a whole number from 1 to 100");
}
