using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RnnService.Api.Hosting;

internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder health = app.MapGroup("/health").WithTags("Health");
        health.MapGet("/live", Live);
        health.MapGet("/ready", ReadyAsync).Produces<HealthResponse>().Produces<HealthResponse>(StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>Checks whether the process is alive.</summary>
    /// <response code="200">The process is alive.</response>
    private static Ok<HealthResponse> Live() => TypedResults.Ok(new HealthResponse(HealthStatus.Healthy));

    /// <summary>Checks whether the service is ready to train and predict.</summary>
    /// <response code="200">The service is ready.</response>
    /// <response code="503">The service is not ready; `checks` has the reasons.</response>
    private static async Task<JsonHttpResult<HealthResponse>> ReadyAsync(HealthCheckService checks, CancellationToken cancellation)
    {
        HealthResponse health = HealthResponse.From(await checks.CheckHealthAsync(cancellation));
        int status = health.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        return TypedResults.Json(health, statusCode: status);
    }
}
