using System.Net.Mime;
using Microsoft.AspNetCore.Http.HttpResults;
using RnnService.Api.Hosting;

namespace RnnService.Api.Models;

internal static class ModelEndpoints
{
    public static void MapModels(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder models = app.MapGroup("/models").WithTags("Models");

        models.MapGet("/", List).ProducesProblem(StatusCodes.Status400BadRequest);
        models.MapGet("/{id}", Get).ProducesProblem(StatusCodes.Status404NotFound);
        models.MapGet("/{id}/weights.safetensors", Weights)
            .Produces<Stream>(StatusCodes.Status200OK, MediaTypeNames.Application.Octet)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

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

    /// <summary>Shows a trained network.</summary>
    /// <param name="id">The model's id.</param>
    /// <param name="models">The models.</param>
    /// <response code="200">The model.</response>
    /// <response code="404">There is no such model.</response>
    private static Ok<ModelResponse> Get(string id, ModelRegistry models) => TypedResults.Ok(ModelResponse.From(models.Get(id)));

    /// <summary>Downloads a network's weights, to take elsewhere.</summary>
    /// <remarks>
    /// A safetensors file with the names that PyTorch's `LSTM` and `Linear` have, behind `lstm.` and `output.`. Its SHA-256 is the model's `sha256`.
    /// </remarks>
    /// <param name="id">The model's id.</param>
    /// <param name="models">The models.</param>
    /// <response code="200">The file.</response>
    /// <response code="404">There is no such model.</response>
    private static FileContentHttpResult Weights(string id, ModelRegistry models)
    {
        ModelVersion model = models.Get(id);
        return TypedResults.File(model.Weights, MediaTypeNames.Application.Octet, $"rnn-service-{model.Version}.safetensors");
    }
}
