using System.Net;
using System.Text.Json;

namespace RnnService.Api.Tests.Hosting;

public sealed class HealthEndpointsTests(Service service) : IClassFixture<Service>
{
    [Fact]
    public async Task The_service_is_live_and_ready()
    {
        Assert.Equal("healthy", (await service.GetAsync("/health/live")).GetProperty("status").GetString());

        // The worker registers shortly after the service starts to listen.
        while ((await service.Http.GetAsync("/health/ready")).StatusCode == HttpStatusCode.ServiceUnavailable)
        {
        }

        JsonElement ready = await service.GetAsync("/health/ready");
        Assert.Equal("healthy", ready.GetProperty("status").GetString());
        Assert.Equal(["storage", "datasets", "worker"], ready.GetProperty("checks").EnumerateObject().Select(check => check.Name));
    }
}
