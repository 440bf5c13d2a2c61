using System.Net.Mime;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using RnnService.Api.Http;
using RnnService.Model.Onnx;

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
        models.MapGet("/{id}/weights.safetensors", GetWeightsAsync).ProducesFile();
        models.MapGet("/{id}/model.onnx", GetOnnxAsync).ProducesFile();
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
    /// <param name="models">The models.</param>
    /// <param name="active">The active model.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <response code="204">The model is deleted.</response>
    /// <response code="404">The model does not exist.</response>
    /// <response code="409">The model is active. Activate another one first.</response>
    private static async Task<NoContent> DeleteAsync(string id, ModelRegistry models, ActiveModel active, CancellationToken cancellation)
    {
        await active.DeleteAsync(await models.GetAsync(id, cancellation), cancellation);
        return TypedResults.NoContent();
    }

    /// <summary>Downloads the weights of a model.</summary>
    /// <remarks>
    /// A safetensors file. The tensors are named as in PyTorch's `LSTM` and `Linear`, with the prefixes `lstm.` and `output.`, and the metadata describes the network, so that the file
    /// alone is enough to load it. Its SHA-256 is the model's `sha256`.
    /// </remarks>
    /// <param name="id">The model's id.</param>
    /// <param name="models">The models.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <response code="200">The file.</response>
    /// <response code="404">The model does not exist.</response>
    /// <response code="409">The model is damaged.</response>
    private static async Task<FileContentHttpResult> GetWeightsAsync(string id, ModelRegistry models, CancellationToken cancellation)
    {
        ModelVersion model = await models.GetAsync(id, cancellation);
        return File(await models.GetWeightsAsync(model, cancellation), model, "safetensors");
    }

    /// <summary>Downloads a model in the ONNX format.</summary>
    /// <remarks>
    /// The input `image` is float32 [N, 28, 28] from 0 (background) to 1 (ink). The output `probabilities` is float32 [N, 10].
    /// </remarks>
    /// <param name="id">The model's id.</param>
    /// <param name="models">The models.</param>
    /// <param name="loader">Reads the model.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <response code="200">The file.</response>
    /// <response code="404">The model does not exist.</response>
    /// <response code="409">The model is damaged.</response>
    private static async Task<FileContentHttpResult> GetOnnxAsync(string id, ModelRegistry models, ModelLoader loader, CancellationToken cancellation)
    {
        ModelVersion model = await models.GetAsync(id, cancellation);
        return File(OnnxModelWriter.Write(await loader.ReadAsync(model, cancellation)), model, "onnx");
    }

    /// <summary>Models never change, so clients can cache the file.</summary>
    private static FileContentHttpResult File(byte[] content, ModelVersion model, string extension) => TypedResults.File(
        content,
        MediaTypeNames.Application.Octet,
        $"rnn-service-{model.Number}.{extension}",
        lastModified: model.CreatedAt,
        entityTag: new EntityTagHeaderValue($"\"{model.Sha256}\""));

    private static void ProducesFile(this RouteHandlerBuilder endpoint) => endpoint
        .Produces<Stream>(StatusCodes.Status200OK, MediaTypeNames.Application.Octet)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);
}
