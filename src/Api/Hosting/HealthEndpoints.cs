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

    /// <summary>Tells whether the process answers at all.</summary>
    /// <response code="200">It does.</response>
    private static Ok<HealthResponse> Live() => TypedResults.Ok(new HealthResponse(HealthStatus.Healthy));

    /// <summary>Tells whether the service can train and predict.</summary>
    /// <response code="200">It can.</response>
    /// <response code="503">It cannot; the checks say what is missing.</response>
    private static async Task<JsonHttpResult<HealthResponse>> ReadyAsync(HealthCheckService checks, CancellationToken cancellation)
    {
        HealthResponse health = HealthResponse.From(await checks.CheckHealthAsync(cancellation));
        int status = health.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        return TypedResults.Json(health, statusCode: status);
    }
}
