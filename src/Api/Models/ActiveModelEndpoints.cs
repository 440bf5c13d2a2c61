using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using RnnService.Api.Http;

namespace RnnService.Api.Models;

internal static class ActiveModelEndpoints
{
    private const int MaxBodyBytes = 1024;

    public static void MapActiveModel(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder active = app.MapGroup("/models/active").WithTags("Models");

        active.MapGet("/", GetAsync).ProducesProblem(StatusCodes.Status404NotFound);
        active.MapPut("/", PutAsync)
            .Accepts<ActivateRequest>("application/json")
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes));
    }

    /// <summary>Returns the active model: the pinned model or, if none is pinned, the latest.</summary>
    /// <param name="active">The active model.</param>
    /// <param name="responses">Creates the response.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <response code="200">The model.</response>
    /// <response code="404">No model has been trained yet.</response>
    private static async Task<Ok<ModelResponse>> GetAsync(ActiveModel active, ModelResponses responses, CancellationToken cancellation)
    {
        ModelVersion model = active.Current ?? throw new ModelNotFoundException("active");
        return TypedResults.Ok((await responses.FromAsync(cancellation))(model));
    }

    /// <summary>Selects the active model: a specific one until the next change, or always the latest.</summary>
    /// <remarks>The model is verified before it becomes active. Queued images are classified by either the previous or the new model; no image is lost.</remarks>
    /// <param name="http">The request.</param>
    /// <param name="models">The models.</param>
    /// <param name="active">The active model.</param>
    /// <param name="responses">Creates the response.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <response code="200">The active model.</response>
    /// <response code="400">The body is not JSON, or has no `id`.</response>
    /// <response code="404">The model does not exist.</response>
    /// <response code="413">The body is larger than 1 kB.</response>
    /// <response code="415">The Content-Type is not JSON.</response>
    /// <response code="503">The model is damaged. The active model does not change.</response>
    private static async Task<Ok<ModelResponse>> PutAsync(
        HttpRequest http, ModelRegistry models, ActiveModel active, ModelResponses responses, CancellationToken cancellation)
    {
        ValidationErrors errors = new();
        ActivateRequest request = await JsonRequestReader.ReadAsync<ActivateRequest>(http, ActivateRequest.Example, errors, cancellation);
        errors.ThrowIfAny();
        string id = request.Id ?? throw new InvalidRequestException("id", $"is missing. Send a model's id, or {ActivateRequest.Example}.");
        await active.PinAsync(id == ActivateRequest.Latest ? null : await models.GetAsync(id, cancellation), cancellation);
        return await GetAsync(active, responses, cancellation);
    }
}
