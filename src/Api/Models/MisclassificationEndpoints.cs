using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using RnnService.Api.Http;
using RnnService.Model.Architecture;
using RnnService.Model.Data;

namespace RnnService.Api.Models;

internal static class MisclassificationEndpoints
{
    public static void MapMisclassifications(this IEndpointRouteBuilder app) =>
        app.MapGet("/models/{id}/misread", ListAsync)
            .WithTags("Models")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .AddEndpointFilter<ScanPermitFilter>();

    /// <summary>Lists the test images that a model misclassifies.</summary>
    /// <remarks>In the order of the test set. The first request classifies all test images, which takes about a second.</remarks>
    /// <param name="id">The model's id.</param>
    /// <param name="models">The models.</param>
    /// <param name="misclassifications">Finds the images.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <param name="actual" example="4">Returns only images with this label.</param>
    /// <param name="predicted" example="9">Returns only images that are classified as this digit.</param>
    /// <param name="after">Returns only images after this index: the index of the last image on the previous page.</param>
    /// <param name="limit" example="20">The number of images, from 1 to 100. The default is 20.</param>
    /// <response code="200">A page of images.</response>
    /// <response code="400">A parameter is invalid.</response>
    /// <response code="404">The model does not exist.</response>
    /// <response code="409">The dataset of the model is no longer configured.</response>
    /// <response code="503">Too many requests wait for a scan; retry after `Retry-After` seconds. Or the model is damaged.</response>
    private static async Task<Ok<Page<MisclassificationResponse>>> ListAsync(
        string id,
        ModelRegistry models,
        Misclassifications misclassifications,
        CancellationToken cancellation,
        string? actual = null,
        string? predicted = null,
        string? after = null,
        string? limit = null)
    {
        ValidationErrors errors = new();
        int? actualDigit = Parse(actual, nameof(actual), NetworkSettings.ClassCount - 1, "a digit from 0 to 9", errors);
        int? predictedDigit = Parse(predicted, nameof(predicted), NetworkSettings.ClassCount - 1, "a digit from 0 to 9", errors);
        int? start = Parse(after, nameof(after), int.MaxValue, "the index of the last image on the previous page", errors);
        int size = Paging.ParseLimit(limit, errors);
        errors.ThrowIfAny();

        ModelVersion model = await models.GetAsync(id, cancellation);
        DigitDataset images = misclassifications.TestImages(model);
        IEnumerable<Misclassification> filtered = (await misclassifications.OfAsync(model, cancellation)).Where(image =>
            image.Actual == (actualDigit ?? image.Actual) && image.Predicted == (predictedDigit ?? image.Predicted) && (start is null || image.Index > start));
        return TypedResults.Ok(Page<Misclassification>.Of(filtered, size).Select(image => MisclassificationResponse.From(image, images.Pixels(image.Index))));
    }

    private static int? Parse(string? text, string field, int max, string description, ValidationErrors errors)
    {
        if (text is null)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= max)
        {
            return number;
        }

        errors.Add(field, $"must be {description}, not '{text}'.");
        return null;
    }
}
