using System.Net.Mime;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using RnnService.Api.Http;
using RnnService.Model.Formats;

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

    /// <summary>Lists trained networks, newest first.</summary>
    /// <param name="models">The models.</param>
    /// <param name="responses">Describes them.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <param name="after">Only models older than the one of this id: the last one of the page before.</param>
    /// <param name="limit" example="20">How many, from 1 to 100; 20 when left out.</param>
    /// <response code="200">A page of models.</response>
    /// <response code="400">A parameter is not as it should be.</response>
    private static async Task<Ok<Page<ModelResponse>>> ListAsync(
        ModelRegistry models, ModelResponses responses, CancellationToken cancellation, string? after = null, string? limit = null)
    {
        ValidationErrors errors = new();
        Paging paging = Paging.Parse(after, limit, errors);
        errors.ThrowIfAny();
        Page<ModelVersion> page = await models.ListAsync(paging, cancellation);
        return TypedResults.Ok(page.Select(await responses.FromAsync(cancellation)));
    }

    /// <summary>Shows a trained network.</summary>
    /// <param name="id">The model's id.</param>
    /// <param name="models">The models.</param>
    /// <param name="responses">Describes it.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <response code="200">The model.</response>
    /// <response code="404">There is no such model.</response>
    private static async Task<Ok<ModelResponse>> GetAsync(string id, ModelRegistry models, ModelResponses responses, CancellationToken cancellation)
    {
        ModelVersion model = await models.GetAsync(id, cancellation);
        return TypedResults.Ok((await responses.FromAsync(cancellation))(model));
    }

    /// <summary>Deletes a trained network.</summary>
    /// <param name="id">The model's id.</param>
    /// <param name="models">The models.</param>
    /// <param name="active">Knows which one serves.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <response code="204">It is gone.</response>
    /// <response code="404">There is no such model.</response>
    /// <response code="409">It serves now: let another one serve first.</response>
    private static async Task<NoContent> DeleteAsync(string id, ModelRegistry models, ActiveModel active, CancellationToken cancellation)
    {
        await active.DeleteAsync(await models.GetAsync(id, cancellation), cancellation);
        return TypedResults.NoContent();
    }

    /// <summary>Downloads a network's weights, to take elsewhere.</summary>
    /// <remarks>
    /// A safetensors file with the names that PyTorch's `LSTM` and `Linear` have, behind `lstm.` and `output.`. Its SHA-256 is the model's `sha256`.
    /// </remarks>
    /// <param name="id">The model's id.</param>
    /// <param name="models">The models.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <response code="200">The file.</response>
    /// <response code="404">There is no such model.</response>
    /// <response code="409">The model is damaged.</response>
    private static async Task<FileContentHttpResult> GetWeightsAsync(string id, ModelRegistry models, CancellationToken cancellation)
    {
        ModelVersion model = await models.GetAsync(id, cancellation);
        return File(await models.GetWeightsAsync(model, cancellation), model, "safetensors");
    }

    /// <summary>Downloads a network as an ONNX model, to run elsewhere.</summary>
    /// <remarks>
    /// Its input `image` is float32 [N, 28, 28], light ink on a dark ground from 0 to 1; its output `probabilities` is float32 [N, 10].
    /// </remarks>
    /// <param name="id">The model's id.</param>
    /// <param name="models">The models.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <response code="200">The file.</response>
    /// <response code="404">There is no such model.</response>
    /// <response code="409">The model is damaged.</response>
    private static async Task<FileContentHttpResult> GetOnnxAsync(string id, ModelRegistry models, CancellationToken cancellation)
    {
        ModelVersion model = await models.GetAsync(id, cancellation);
        SafeTensors weights = SafeTensors.Parse(await models.GetWeightsAsync(model, cancellation));
        return File(OnnxModelWriter.Write(model.Settings.NetworkSettings, weights), model, "onnx");
    }

    /// <summary>A model never changes, so that a client that has the file need not get it again.</summary>
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
