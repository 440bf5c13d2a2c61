using System.Net.Mime;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using RnnService.Api.Admission;
using RnnService.Api.Http;

namespace RnnService.Api.Models;

internal static class ModelEndpoints
{
    public static void MapModels(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder models = app.MapGroup("/models").WithTags("Models");

        models.MapGet("/", ListAsync).ProducesProblem(StatusCodes.Status400BadRequest);
        models.MapGet("/{id}", GetAsync).ProducesProblem(StatusCodes.Status404NotFound);
        models.MapDelete("/{id}", DeleteAsync)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        models.MapGet("/{id}/weights.safetensors", GetWeightsAsync).IsDownload();
        models.MapGet("/{id}/model.onnx", GetOnnxAsync).IsDownload();
    }

    /// <summary>Lists models, newest first.</summary>
    /// <param name="models">The models.</param>
    /// <param name="responses">Creates the responses.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <param name="after">Returns only models older than this one: the id of the last model on the previous page.</param>
    /// <param name="limit" example="20">The number of models, from 1 to 100. The default is 20.</param>
    /// <response code="200">A page of models.</response>
    /// <response code="400">A parameter is invalid.</response>
    private static async Task<Ok<Page<ModelResponse>>> ListAsync(
        ModelRegistry models, ModelResponses responses, CancellationToken cancellation, string? after = null, string? limit = null)
    {
        ValidationErrors errors = new();
        Paging paging = Paging.Parse(after, limit, errors);
        errors.ThrowIfAny();
        Page<ModelVersion> page = await models.ListAsync(paging, cancellation);
        return TypedResults.Ok(page.Select(await responses.FromAsync(cancellation)));
    }

    /// <summary>Returns a model.</summary>
    /// <param name="id">The model's id.</param>
    /// <param name="models">The models.</param>
    /// <param name="responses">Creates the response.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <response code="200">The model.</response>
    /// <response code="404">The model does not exist.</response>
    private static async Task<Ok<ModelResponse>> GetAsync(string id, ModelRegistry models, ModelResponses responses, CancellationToken cancellation)
    {
        ModelVersion model = await models.GetAsync(id, cancellation);
        return TypedResults.Ok((await responses.FromAsync(cancellation))(model));
    }

    /// <summary>Deletes a model.</summary>
    /// <param name="id">The model's id.</param>
    /// <param name="active">The active model.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <response code="204">The model is deleted.</response>
    /// <response code="404">The model does not exist.</response>
    /// <response code="409">The model is active. Activate another one first.</response>
    private static async Task<NoContent> DeleteAsync(string id, ActiveModel active, CancellationToken cancellation)
    {
        await active.DeleteAsync(Guid.TryParse(id, out Guid parsed) ? parsed : throw new ModelNotFoundException(id), cancellation);
        return TypedResults.NoContent();
    }

    /// <summary>Downloads the weights of a model.</summary>
    /// <remarks>
    /// A safetensors file. The tensors are named as in PyTorch's `LSTM` and `Linear`, with the prefixes `lstm.` and `output.`, and the metadata describes the network, so that the file
    /// alone is enough to load it. Its SHA-256 is the model's `sha256`.
    /// </remarks>
    /// <param name="id">The model's id.</param>
    /// <param name="http">The request.</param>
    /// <param name="models">The models.</param>
    /// <param name="downloads">Opens the file.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <response code="200">The file, or the part that `Range` requests with status 206.</response>
    /// <response code="404">The model does not exist.</response>
    /// <response code="503">Too many files are being downloaded; retry after `Retry-After` seconds. Or the model is damaged.</response>
    private static async Task<FileStreamHttpResult> GetWeightsAsync(string id, HttpContext http, ModelRegistry models, ModelDownloads downloads, CancellationToken cancellation)
    {
        ModelVersion model = await models.GetAsync(id, cancellation);
        DataRates.RequireMinimumDownload(http);
        return File(await downloads.OpenWeightsAsync(model, cancellation), model, "safetensors");
    }

    /// <summary>Downloads a model in the ONNX format.</summary>
    /// <remarks>
    /// The input `image` is float32 [N, 28, 28] from 0 (background) to 1 (ink). The output `probabilities` is float32 [N, 10].
    /// </remarks>
    /// <param name="id">The model's id.</param>
    /// <param name="models">The models.</param>
    /// <param name="http">The request.</param>
    /// <param name="downloads">Opens the file.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <response code="200">The file, or the part that `Range` requests with status 206.</response>
    /// <response code="404">The model does not exist.</response>
    /// <response code="503">Too many files are being downloaded; retry after `Retry-After` seconds. Or the model is damaged.</response>
    private static async Task<Results<FileStreamHttpResult, StatusCodeHttpResult>> GetOnnxAsync(
        string id, ModelRegistry models, HttpContext http, ModelDownloads downloads, CancellationToken cancellation)
    {
        ModelVersion model = await models.GetAsync(id, cancellation);
        if (IsUnchanged(http.Request.GetTypedHeaders(), model))
        {
            http.Response.GetTypedHeaders().ETag = Tag(model);
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        DataRates.RequireMinimumDownload(http);
        return File(await downloads.OpenOnnxAsync(model, cancellation), model, "onnx");
    }

    /// <summary>Models never change, so clients can cache the file and continue an interrupted download.</summary>
    private static FileStreamHttpResult File(Stream content, ModelVersion model, string extension) => TypedResults.File(
        content,
        MediaTypeNames.Application.Octet,
        $"rnn-service-{model.Number}.{extension}",
        lastModified: model.CreatedAt,
        entityTag: Tag(model),
        enableRangeProcessing: true);

    /// <summary>Whether the client has the file: the framework would know only after the file has been created.</summary>
    private static bool IsUnchanged(RequestHeaders request, ModelVersion model) => request.IfNoneMatch.Count > 0
        ? request.IfNoneMatch.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(Tag(model), useStrongComparison: false))
        : request.IfModifiedSince is DateTimeOffset since && model.CreatedAt < since.UtcDateTime.AddSeconds(1);

    private static EntityTagHeaderValue Tag(ModelVersion model) => new($"\"{model.Sha256}\"");

    private static void IsDownload(this RouteHandlerBuilder endpoint) => endpoint
        .Produces<Stream>(StatusCodes.Status200OK, MediaTypeNames.Application.Octet)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .AddEndpointFilter<DownloadFilter>();
}
