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
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes));
    }

    /// <summary>Shows the network that serves: the pinned one, or else the latest.</summary>
    /// <param name="active">Knows which one it is.</param>
    /// <param name="responses">Describes it.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <response code="200">The model.</response>
    /// <response code="404">No network has been trained yet.</response>
    private static async Task<Ok<ModelResponse>> GetAsync(ActiveModel active, ModelResponses responses, CancellationToken cancellation)
    {
        ModelVersion model = active.Current ?? throw new ModelNotFoundException("active");
        return TypedResults.Ok((await responses.FromAsync(cancellation))(model));
    }

    /// <summary>Chooses the network that serves: one of your choice, until you choose again, or always the latest.</summary>
    /// <remarks>The model is checked before it serves. Images that wait are answered by the one before or by the new one, none is lost.</remarks>
    /// <param name="http">The request.</param>
    /// <param name="models">The models.</param>
    /// <param name="active">Serves the chosen one.</param>
    /// <param name="responses">Describes it.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <response code="200">The model that serves now.</response>
    /// <response code="400">The body is not JSON, or has no `id`.</response>
    /// <response code="404">There is no such model.</response>
    /// <response code="409">The model is damaged; the one before serves on.</response>
    /// <response code="413">The body is larger than 1 kB.</response>
    /// <response code="415">The body is not marked as JSON.</response>
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
