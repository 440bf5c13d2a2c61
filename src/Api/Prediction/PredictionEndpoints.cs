using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using RnnService.Api.Http;
using RnnService.Api.Models;
using RnnService.Model.Images;

namespace RnnService.Api.Prediction;

internal static class PredictionEndpoints
{
    public static void MapPrediction(this IEndpointRouteBuilder app)
    {
        PredictionOptions options = app.ServiceProvider.GetRequiredService<IOptions<PredictionOptions>>().Value;
        app.MapPost("/predict", PredictAsync)
            .WithTags("Prediction")
            .Produces<PredictionResponse>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .AddEndpointFilter<FullQueueFilter>()
            .WithMetadata(new RequestSizeLimitAttribute(options.MaxRequestBytes), new ImageBodyMetadata(Many: false));
        app.MapPost("/predict/batch", PredictBatchAsync)
            .WithTags("Prediction")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .AddEndpointFilter<FullQueueFilter>()
            .WithMetadata(new RequestSizeLimitAttribute(options.MaxBatchRequestBytes), new ImageBodyMetadata(Many: true));
    }

    /// <summary>Tells which digit a PNG shows.</summary>
    /// <remarks>
    /// The latest trained network answers. Send the PNG as the file `image` of a form, or as the body with
    /// `Content-Type: image/png`. Any colour type, bit depth and interlacing will do; 8-bit gray of 28×28 reaches the network as it is.
    /// </remarks>
    /// <param name="request">The image.</param>
    /// <param name="predictor">Asks the network.</param>
    /// <param name="models">The models.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <param name="invert" example="auto">Networks read light ink on a dark ground. `auto` turns pictures with a light border round, `true` all, `false` none.</param>
    /// <param name="fit" example="false">`true` takes a picture of any size up to 2048×2048, and makes of the digit in it one as MNIST's are: scaled into 20×20 pixels, its centre of mass in the middle of 28×28.</param>
    /// <param name="trace" example="false">`true` tells what the network believed after each row as well.</param>
    /// <param name="model">The id of the model to ask; when left out, the one that serves.</param>
    /// <response code="200">The digit, and how sure the network is of each.</response>
    /// <response code="400">There is no image, or a parameter is not as it should be.</response>
    /// <response code="404">There is no such model.</response>
    /// <response code="409">No network has been trained yet: POST /train. Or the model is damaged.</response>
    /// <response code="413">The request is too large.</response>
    /// <response code="415">The file is not a PNG.</response>
    /// <response code="422">The PNG is broken, of a wrong size, or shows nothing.</response>
    /// <response code="503">Too many images wait; try again after `Retry-After` seconds.</response>
    private static async Task<JsonHttpResult<PredictionResponse>> PredictAsync(
        HttpRequest request,
        Predictor predictor,
        ModelRegistry models,
        CancellationToken cancellation,
        string? invert = null,
        string? fit = null,
        string? trace = null,
        string? model = null)
    {
        PredictionQuery query = PredictionQuery.Parse(invert, fit, trace);
        DigitImage image;
        using (PooledBuffer png = await PredictionRequest.ReadImageAsync(request, cancellation))
        {
            image = query.Decode(png.Span);
        }

        ModelVersion? other = model is null ? null : await models.GetAsync(model, cancellation);
        PredictionResponse response = PredictionResponse.From(await predictor.PredictAsync(image, other, query.Trace, cancellation), query.Shown(image));
        return TypedResults.Json(response, PredictionJson.Default.PredictionResponse);
    }

    /// <summary>Tells which digits up to 256 PNGs show.</summary>
    /// <remarks>Send them as the files `image` of one form. A bad image gets an error in its place; the others are answered all the same.</remarks>
    /// <param name="request">The images.</param>
    /// <param name="predictor">Asks the network.</param>
    /// <param name="models">The models.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <param name="invert" example="auto">Networks read light ink on a dark ground. `auto` turns pictures with a light border round, `true` all, `false` none.</param>
    /// <param name="fit" example="false">`true` takes pictures of any size up to 2048×2048, and makes of the digits in them what MNIST's are.</param>
    /// <param name="model">The id of the model to ask; when left out, the one that serves.</param>
    /// <response code="200">An answer or an error for each image, in their order.</response>
    /// <response code="400">There is no image, or more than 256, or a parameter is not as it should be.</response>
    /// <response code="404">There is no such model.</response>
    /// <response code="409">No network has been trained yet: POST /train. Or the model is damaged.</response>
    /// <response code="413">The request is too large.</response>
    /// <response code="415">The body is not a form.</response>
    /// <response code="503">Too many images wait; try again after `Retry-After` seconds.</response>
    private static async Task<Ok<BatchPredictionResponse>> PredictBatchAsync(
        HttpRequest request,
        Predictor predictor,
        ModelRegistry models,
        CancellationToken cancellation,
        string? invert = null,
        string? fit = null,
        string? model = null)
    {
        if (request.Query.ContainsKey("trace"))
        {
            throw new InvalidRequestException("trace", "is not for many images. Send each to POST /predict, which traces it.");
        }

        PredictionQuery query = PredictionQuery.Parse(invert, fit, trace: null);
        IReadOnlyList<(DigitImage? Image, UnreadableImageException? Error)> parts = await BatchPredictionRequest.ReadAsync(request, query, cancellation);
        ModelVersion? other = model is null ? null : await models.GetAsync(model, cancellation);
        DigitImage[] images = [.. parts.Select(part => part.Image).OfType<DigitImage>()];
        Queue<Model.Inference.Prediction> predictions = new(await predictor.PredictAllAsync(images, other, cancellation));
        return TypedResults.Ok(new BatchPredictionResponse([.. parts.Select(part => part.Image is DigitImage image
            ? BatchPredictionEntry.From(predictions.Dequeue(), query.Shown(image))
            : BatchPredictionEntry.From(part.Error!))]));
    }
}
