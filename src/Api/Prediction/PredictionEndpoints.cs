using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using RnnService.Api.Hosting;
using RnnService.Model.Images;
using RnnService.Model.Inference;

namespace RnnService.Api.Prediction;

internal static class PredictionEndpoints
{
    public static void MapPrediction(this IEndpointRouteBuilder app)
    {
        PredictionOptions options = app.ServiceProvider.GetRequiredService<IOptions<PredictionOptions>>().Value;
        app.MapPost("/predict", PredictAsync)
            .WithTags("Prediction")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithMetadata(new RequestSizeLimitAttribute(options.MaxRequestBytes), new ImageBodyMetadata());
    }

    /// <summary>Tells which digit a 28×28 PNG shows.</summary>
    /// <remarks>
    /// The latest trained network answers. Send the PNG as the file `image` of a form, or as the body with
    /// `Content-Type: image/png`. Any colour type, bit depth and interlacing will do; 8-bit gray reaches the network as it is.
    /// </remarks>
    /// <param name="request">The image.</param>
    /// <param name="batcher">Asks the network.</param>
    /// <param name="cancellation">The client left.</param>
    /// <param name="invert" example="auto">Networks read light ink on a dark ground. `auto` turns pictures with a light border round, `true` all, `false` none.</param>
    /// <response code="200">The digit, and how sure the network is of each.</response>
    /// <response code="400">There is no image, or a parameter is not as it should be.</response>
    /// <response code="409">No network has been trained yet: POST /train.</response>
    /// <response code="413">The request is too large.</response>
    /// <response code="415">The file is not a PNG.</response>
    /// <response code="422">The PNG is broken, or not 28×28.</response>
    /// <response code="503">Too many images wait; try again after `Retry-After` seconds.</response>
    private static async Task<Ok<PredictionResponse>> PredictAsync(
        HttpRequest request, PredictionBatcher batcher, CancellationToken cancellation, string? invert = null)
    {
        Inversion inversion = ParseInversion(invert);
        byte[] png = await PredictionRequest.ReadImageAsync(request, cancellation);
        DigitImage image = DigitImageDecoder.Decode(png, inversion);
        return batcher.IsServing
            ? TypedResults.Ok(PredictionResponse.From(await batcher.ClassifyAsync(image, cancellation)))
            : throw new NoModelException();
    }

    private static Inversion ParseInversion(string? invert) => invert switch
    {
        null or "auto" => Inversion.Auto,
        "true" => Inversion.Always,
        "false" => Inversion.Never,
        _ => throw new InvalidRequestException(nameof(invert), $"must be one of auto, true, false, not '{invert}'."),
    };
}
