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
            .WithMetadata(new RequestSizeLimitAttribute(options.MaxRequestBytes + ImageForm.MaxOverhead), new ImageBodyMetadata(Many: false));
        app.MapBatchPrediction(options);
    }

    /// <summary>Classifies the digit in an image, or every digit.</summary>
    /// <remarks>
    /// Send a PNG, JPEG or WebP image as the file `image` of a form, or as the body with its `Content-Type`. A 28×28 PNG of any color type, bit depth and interlacing method is
    /// used unchanged, those of 8-bit grayscale byte for byte. In other images, up to 20,000,000 bytes and 50 megapixels (16 if progressive, interlaced or lossless WebP), the digit is found and normalized the way MNIST was made:
    /// scaled to 20×20 pixels and centered in 28×28 by its center of mass.
    /// </remarks>
    /// <param name="request">The image.</param>
    /// <param name="images">Reads the image.</param>
    /// <param name="permits">The permits.</param>
    /// <param name="problems">Writes refusals.</param>
    /// <param name="digits">Decodes the image.</param>
    /// <param name="predictor">The predictor.</param>
    /// <param name="models">The models.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <param name="invert" example="auto">Networks expect light ink on a dark background. `auto` inverts images whose ink is dark, and 28×28 PNGs that are used unchanged if their border is light; `true` inverts all images, `false` none.</param>
    /// <param name="fit" example="auto">`auto` uses a 28×28 PNG unchanged and normalizes the digit in any other image, `true` normalizes all images, `false` rejects other images than 28×28 PNGs.</param>
    /// <param name="trace" example="false">`true` also returns the probabilities after each row.</param>
    /// <param name="each" example="false">`true` returns every digit that is found, up to 256, with its position, in reading order. A 28×28 PNG that is used unchanged is one digit.</param>
    /// <param name="model">The id of the model to use. The default is the active model.</param>
    /// <response code="200">The digit and the probabilities of all digits; with `each=true`, a list of them and the number that they form.</response>
    /// <response code="400">The image is missing, or a parameter is invalid.</response>
    /// <response code="404">The model does not exist.</response>
    /// <response code="409">No model has been trained yet (POST /train).</response>
    /// <response code="413">The image is too large.</response>
    /// <response code="415">The file is not a PNG, JPEG or WebP image.</response>
    /// <response code="422">The image is damaged, blank or of the wrong size, or has more than 256 digits.</response>
    /// <response code="503">Too many images are waiting or being decoded; retry after `Retry-After` seconds. Or the model is damaged.</response>
    private static async Task<IResult> PredictAsync(
        HttpRequest request,
        PredictionRequest images,
        PredictionPermits permits,
        ProblemExceptionHandler problems,
        DigitReader digits,
        Predictor predictor,
        ModelSelection models,
        CancellationToken cancellation,
        string? invert = null,
        string? fit = null,
        string? trace = null,
        string? each = null,
        string? model = null)
    {
        PredictionQuery query = PredictionQuery.Parse(invert, fit, trace, each);
        using FitPermit permit = permits.ForImage(request.HttpContext);
        ReadDigit digit = default;
        IReadOnlyList<FoundDigit> found = [];
        using (PooledBuffer? image = await images.ReadImageAsync(request, query, permit, cancellation))
        {
            if (image is null)
            {
                return await permit.RefuseAsync(problems);
            }

            if (query.Each)
            {
                found = await digits.FindEachAsync(image, query, cancellation);
            }
            else
            {
                digit = await digits.ReadAsync(image, query, cancellation);
            }
        }

        ModelVersion? selected = model is null ? null : await models.GetAsync(model, cancellation);
        if (query.Each)
        {
            IReadOnlyList<Model.Inference.Prediction> predictions = await predictor.PredictAllAsync([.. found.Select(one => one.Image)], selected, query.Trace, cancellation);
            return TypedResults.Json(EachPredictionResponse.From(found, predictions), PredictionJson.Default.EachPredictionResponse);
        }

        Model.Inference.Prediction prediction = await predictor.PredictAsync(digit.Image, selected, query.Trace, cancellation);
        return TypedResults.Json(PredictionResponse.From(prediction, digit), PredictionJson.Default.PredictionResponse);
    }
}
