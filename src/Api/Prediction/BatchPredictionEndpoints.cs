using Microsoft.AspNetCore.Mvc;
using RnnService.Api.Http;
using RnnService.Api.Models;

namespace RnnService.Api.Prediction;

internal static class BatchPredictionEndpoints
{
    private static readonly string[] SingleImageParameters = ["trace", "each"];

    public static void MapBatchPrediction(this IEndpointRouteBuilder app, PredictionOptions options) =>
        app.MapPost("/predict/batch", PredictBatchAsync)
            .WithTags("Prediction")
            .Produces<BatchPredictionResponse>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .AddEndpointFilter<FullQueueFilter>()
            .AddEndpointFilter<BatchPermitFilter>()
            .WithMetadata(new RequestSizeLimitAttribute(options.MaxBatchRequestBytes), new ImageBodyMetadata(Many: true))
            .WithMetadata([.. SingleImageParameters.Select(name => new AcceptedQueryParameter(name))]);

    /// <summary>Classifies the digits in up to 256 images.</summary>
    /// <remarks>Send the images as the files `image` of one form. An invalid image has an error in the response and does not affect the others.</remarks>
    /// <param name="request">The images.</param>
    /// <param name="batch">Reads the images.</param>
    /// <param name="permits">The permits.</param>
    /// <param name="problems">Writes refusals.</param>
    /// <param name="predictor">The predictor.</param>
    /// <param name="models">The models.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <param name="invert" example="auto">Networks expect light ink on a dark background. `auto` inverts images whose ink is dark, and 28×28 PNGs that are used unchanged if their border is light; `true` inverts all images, `false` none.</param>
    /// <param name="fit" example="auto">`auto` uses 28×28 PNGs unchanged and normalizes the digits in all other images, `true` normalizes all images, `false` rejects other images than 28×28 PNGs.</param>
    /// <param name="model">The id of the model to use. The default is the active model.</param>
    /// <response code="200">A prediction or an error for each image, in the order of the request.</response>
    /// <response code="400">There are no images or more than 256, or a parameter is invalid.</response>
    /// <response code="404">The model does not exist.</response>
    /// <response code="409">No model has been trained yet (POST /train).</response>
    /// <response code="413">The request or an image is too large.</response>
    /// <response code="415">The body is not a form.</response>
    /// <response code="503">Too many images are waiting or being decoded; retry after `Retry-After` seconds. Or the model is damaged.</response>
    private static async Task<IResult> PredictBatchAsync(
        HttpRequest request,
        BatchPredictionRequest batch,
        PredictionPermits permits,
        ProblemExceptionHandler problems,
        Predictor predictor,
        ModelSelection models,
        CancellationToken cancellation,
        string? invert = null,
        string? fit = null,
        string? model = null)
    {
        if (Array.Find(SingleImageParameters, request.Query.ContainsKey) is string unsupported)
        {
            throw new InvalidRequestException(unsupported, "is not supported for several images. Send each one to POST /predict instead.");
        }

        PredictionQuery query = PredictionQuery.Parse(invert, fit);
        using FitPermit permit = permits.ForBatch(request.HttpContext);
        if (await batch.ReadAsync(request, query, permit, cancellation) is not IReadOnlyList<(ReadDigit? Digit, UnreadableImageException? Error)> parts)
        {
            return await permit.RefuseAsync(problems);
        }

        ModelVersion? selected = model is null ? null : await models.GetAsync(model, cancellation);
        ReadDigit[] digits = [.. parts.Select(part => part.Digit).OfType<ReadDigit>()];
        Queue<Model.Inference.Prediction> predictions = new(await predictor.PredictAllAsync([.. digits.Select(digit => digit.Image)], selected, cancellation));
        return TypedResults.Ok(new BatchPredictionResponse([.. parts.Select(part => part.Digit is ReadDigit digit
            ? BatchPredictionEntry.From(predictions.Dequeue(), digit)
            : BatchPredictionEntry.From(part.Error!))]));
    }
}
