using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using RnnService.Api.Models;
using RnnService.Api.Prediction;
using RnnService.Model.Inference;

namespace RnnService.Api.OpenInference;

/// <summary>The Open Inference Protocol, version 2 (KServe), over HTTP.</summary>
internal static class OpenInferenceEndpoints
{
    public const string Prefix = "/v2";

    public static void MapOpenInference(this IEndpointRouteBuilder app)
    {
        PredictionOptions options = app.ServiceProvider.GetRequiredService<IOptions<PredictionOptions>>().Value;
        RouteGroupBuilder v2 = app.MapGroup(Prefix).WithTags("Open Inference Protocol");
        v2.MapGet("/", GetServer);
        v2.MapGet("/health/live", GetLive);
        v2.MapGet("/health/ready", GetReady).Produces<ServerReadyResponse>().Produces<ServerReadyResponse>(StatusCodes.Status503ServiceUnavailable);

        foreach (string model in (string[])["/models/{name}", "/models/{name}/versions/{version}"])
        {
            v2.MapGet(model, GetModelAsync).Produces<OpenInferenceError>(StatusCodes.Status404NotFound);
            v2.MapGet($"{model}/ready", GetModelReadyAsync)
                .Produces<ModelReadyResponse>()
                .Produces<ModelReadyResponse>(StatusCodes.Status503ServiceUnavailable)
                .Produces<OpenInferenceError>(StatusCodes.Status404NotFound);
            v2.MapPost($"{model}/infer", InferAsync)
                .Accepts<InferRequest>("application/json")
                .Produces<OpenInferenceError>(StatusCodes.Status400BadRequest)
                .Produces<OpenInferenceError>(StatusCodes.Status404NotFound)
                .Produces<OpenInferenceError>(StatusCodes.Status409Conflict)
                .Produces<OpenInferenceError>(StatusCodes.Status413PayloadTooLarge)
                .Produces<OpenInferenceError>(StatusCodes.Status415UnsupportedMediaType)
                .Produces<OpenInferenceError>(StatusCodes.Status503ServiceUnavailable)
                .AddEndpointFilter<FullQueueFilter>()
                .AddEndpointFilter<BatchPermitFilter>()
                .WithMetadata(new RequestSizeLimitAttribute(options.MaxBatchRequestBytes));
        }
    }

    /// <summary>Returns the metadata of the server.</summary>
    /// <response code="200">The name, version and extensions of the server.</response>
    private static Ok<ServerMetadataResponse> GetServer() => TypedResults.Ok(ServerMetadataResponse.Instance);

    /// <summary>Checks whether the server is alive.</summary>
    /// <response code="200">The server is alive.</response>
    private static Ok<ServerLiveResponse> GetLive() => TypedResults.Ok(new ServerLiveResponse(Live: true));

    /// <summary>Checks whether the server is ready for inference.</summary>
    /// <param name="batcher">The prediction queue.</param>
    /// <response code="200">The server is ready.</response>
    /// <response code="503">No model has been trained yet.</response>
    private static JsonHttpResult<ServerReadyResponse> GetReady(PredictionBatcher batcher) =>
        TypedResults.Json(new ServerReadyResponse(Live: true, batcher.IsServing), statusCode: StatusOf(batcher.IsServing));

    /// <summary>Returns the model's tensors and versions.</summary>
    /// <param name="name" example="digits">The name of the model: `digits`.</param>
    /// <param name="models">The models.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <param name="version" example="1">The version, as in GET /models.</param>
    /// <response code="200">The model.</response>
    /// <response code="404">The model or version does not exist.</response>
    private static async Task<Ok<ModelMetadataResponse>> GetModelAsync(string name, ServedModels models, CancellationToken cancellation, string? version = null)
    {
        await models.FindAsync(name, version, cancellation);
        return TypedResults.Ok(new ModelMetadataResponse(await models.ListVersionsAsync(cancellation)));
    }

    /// <summary>Checks whether the model or a version of it is ready for inference.</summary>
    /// <param name="name" example="digits">The name of the model: `digits`.</param>
    /// <param name="models">The models.</param>
    /// <param name="batcher">The prediction queue.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <param name="version" example="1">The version, as in GET /models.</param>
    /// <response code="200">The model is ready.</response>
    /// <response code="404">The model or version does not exist.</response>
    /// <response code="503">No model has been trained yet.</response>
    private static async Task<JsonHttpResult<ModelReadyResponse>> GetModelReadyAsync(
        string name, ServedModels models, PredictionBatcher batcher, CancellationToken cancellation, string? version = null)
    {
        bool ready = await models.FindAsync(name, version, cancellation) is not null || batcher.IsServing;
        return TypedResults.Json(new ModelReadyResponse(name, ready), statusCode: StatusOf(ready));
    }

    /// <summary>Runs inference on tensors.</summary>
    /// <remarks>
    /// The input `image` has the shape [N, 28, 28], N from 1 to 256, flat or nested: FP32 from 0 (background) to 1 (ink), or UINT8 from 0 to 255.
    /// The outputs are `probabilities`, FP32 [N, 10], and `digit`, INT64 [N].
    /// </remarks>
    /// <param name="name" example="digits">The name of the model: `digits`.</param>
    /// <param name="http">The request.</param>
    /// <param name="models">The models.</param>
    /// <param name="predictor">The predictor.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <param name="version" example="1">A version, as in GET /models. The default is the active model.</param>
    /// <response code="200">The outputs.</response>
    /// <response code="400">The body is not JSON, or the request is invalid.</response>
    /// <response code="404">The model or version does not exist.</response>
    /// <response code="409">No model has been trained yet (POST /train).</response>
    /// <response code="413">The request is too large.</response>
    /// <response code="415">The Content-Type is not JSON.</response>
    /// <response code="503">Too many images are waiting, or too many requests are in progress; retry after `Retry-After` seconds. Or the version is damaged.</response>
    private static async Task<Ok<InferResponse>> InferAsync(
        string name, HttpRequest http, ServedModels models, Predictor predictor, CancellationToken cancellation, string? version = null)
    {
        ModelVersion? model = await models.FindAsync(name, version, cancellation);
        InferInput input = await InferRequestReader.ReadAsync(http, cancellation);
        return TypedResults.Ok(InferResponse.From(input, await predictor.PredictAllAsync(input.Images, model, cancellation)));
    }

    private static int StatusOf(bool ready) => ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
}
