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
            .AddEndpointFilter<FitPermitFilter>()
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
            .AddEndpointFilter<BatchPermitFilter>()
            .AddEndpointFilter<FitBatchPermitFilter>()
            .WithMetadata(new RequestSizeLimitAttribute(options.MaxBatchRequestBytes), new ImageBodyMetadata(Many: true), new AcceptedQueryParameter("trace"));
    }

    /// <summary>Classifies the digit in a PNG.</summary>
    /// <remarks>
    /// Send the PNG as the file `image` of a form, or as the body with `Content-Type: image/png`. All color types, bit depths and interlacing methods are
    /// supported. The pixels of an 8-bit grayscale PNG of 28×28 are used unchanged.
    /// </remarks>
    /// <param name="request">The image.</param>
    /// <param name="digits">Decodes the image.</param>
    /// <param name="predictor">The predictor.</param>
    /// <param name="models">The models.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <param name="invert" example="auto">Networks expect light ink on a dark background. `auto` inverts images with a light border, `true` all images, `false` none.</param>
    /// <param name="fit" example="false">`true` accepts an image of any size up to 2048×2048 and normalizes the digit in it the way MNIST was made: scaled to 20×20 pixels and centered in 28×28 by its center of mass.</param>
    /// <param name="trace" example="false">`true` also returns the probabilities after each row.</param>
    /// <param name="model">The id of the model to use. The default is the active model.</param>
    /// <response code="200">The digit and the probabilities of all digits.</response>
    /// <response code="400">The image is missing, or a parameter is invalid.</response>
    /// <response code="404">The model does not exist.</response>
    /// <response code="409">No model has been trained yet (POST /train).</response>
    /// <response code="413">The request is too large.</response>
    /// <response code="415">The file is not a PNG.</response>
    /// <response code="422">The PNG is damaged, blank or of the wrong size.</response>
    /// <response code="503">Too many images are waiting or being decoded; retry after `Retry-After` seconds. Or the model is damaged.</response>
    private static async Task<JsonHttpResult<PredictionResponse>> PredictAsync(
        HttpRequest request,
        DigitReader digits,
        Predictor predictor,
        ModelSelection models,
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
            image = await digits.ReadAsync(png, query, cancellation);
        }

        ModelVersion? selected = model is null ? null : await models.GetAsync(model, cancellation);
        PredictionResponse response = PredictionResponse.From(await predictor.PredictAsync(image, selected, query.Trace, cancellation), query.Shown(image));
        return TypedResults.Json(response, PredictionJson.Default.PredictionResponse);
    }

    /// <summary>Classifies the digits in up to 256 PNGs.</summary>
    /// <remarks>Send the PNGs as the files `image` of one form. An invalid image has an error in the response and does not affect the others.</remarks>
    /// <param name="request">The images.</param>
    /// <param name="batch">Reads the images.</param>
    /// <param name="predictor">The predictor.</param>
    /// <param name="models">The models.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <param name="invert" example="auto">Networks expect light ink on a dark background. `auto` inverts images with a light border, `true` all images, `false` none.</param>
    /// <param name="fit" example="false">`true` accepts images of any size up to 2048×2048 and normalizes the digits in them the way MNIST was made.</param>
    /// <param name="model">The id of the model to use. The default is the active model.</param>
    /// <response code="200">A prediction or an error for each image, in the order of the request.</response>
    /// <response code="400">There are no images or more than 256, or a parameter is invalid.</response>
    /// <response code="404">The model does not exist.</response>
    /// <response code="409">No model has been trained yet (POST /train).</response>
    /// <response code="413">The request is too large.</response>
    /// <response code="415">The body is not a form.</response>
    /// <response code="503">Too many images are waiting or being decoded; retry after `Retry-After` seconds. Or the model is damaged.</response>
    private static async Task<Ok<BatchPredictionResponse>> PredictBatchAsync(
        HttpRequest request,
        BatchPredictionRequest batch,
        Predictor predictor,
        ModelSelection models,
        CancellationToken cancellation,
        string? invert = null,
        string? fit = null,
        string? model = null)
    {
        if (request.Query.ContainsKey("trace"))
        {
            throw new InvalidRequestException("trace", "is not supported for several images. Send each one to POST /predict instead.");
        }

        PredictionQuery query = PredictionQuery.Parse(invert, fit, trace: null);
        IReadOnlyList<(DigitImage? Image, UnreadableImageException? Error)> parts = await batch.ReadAsync(request, query, cancellation);
        ModelVersion? selected = model is null ? null : await models.GetAsync(model, cancellation);
        DigitImage[] images = [.. parts.Select(part => part.Image).OfType<DigitImage>()];
        Queue<Model.Inference.Prediction> predictions = new(await predictor.PredictAllAsync(images, selected, cancellation));
        return TypedResults.Ok(new BatchPredictionResponse([.. parts.Select(part => part.Image is DigitImage image
            ? BatchPredictionEntry.From(predictions.Dequeue(), query.Shown(image))
            : BatchPredictionEntry.From(part.Error!))]));
    }
}
