using Microsoft.AspNetCore.Http.HttpResults;
using RnnService.Api.Hosting;

namespace RnnService.Api.Models;

internal static class ModelEndpoints
{
    public static void MapModels(this IEndpointRouteBuilder app) =>
        app.MapGet("/models", List)
            .WithTags("Models")
            .ProducesProblem(StatusCodes.Status400BadRequest);

    /// <summary>Lists trained networks, newest first; the first one serves.</summary>
    /// <param name="models">The models.</param>
    /// <param name="after">Only models older than the one of this id: the last one of the page before.</param>
    /// <param name="limit" example="20">How many, from 1 to 100; 20 when left out.</param>
    /// <response code="200">A page of models.</response>
    /// <response code="400">A parameter is not as it should be.</response>
    private static Ok<Page<ModelResponse>> List(ModelRegistry models, string? after = null, string? limit = null)
    {
        RequestFaults faults = new();
        Paging paging = Paging.Parse(after, limit, faults);
        faults.ThrowIfAny();
        return TypedResults.Ok(models.List(paging).Select(ModelResponse.From));
    }
}
