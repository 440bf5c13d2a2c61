using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using RnnService.Api.Http;
using RnnService.Model.Data;
using RnnService.Model.Networks;

namespace RnnService.Api.Models;

internal static class MisclassificationEndpoints
{
    public static void MapMisclassifications(this IEndpointRouteBuilder app) =>
        app.MapGet("/models/{id}/misread", ListAsync)
            .WithTags("Models")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    /// <summary>Lists the test images that a network got wrong.</summary>
    /// <remarks>In the order of the test images. The first time it takes as long as the network needs to read them all, about a second.</remarks>
    /// <param name="id">The model's id.</param>
    /// <param name="models">The models.</param>
    /// <param name="misread">Finds the images.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <param name="actual" example="4">Only images of this digit.</param>
    /// <param name="predicted" example="9">Only images that were told to be this digit.</param>
    /// <param name="after">Only images behind the one of this index: the last one of the page before.</param>
    /// <param name="limit" example="20">How many, from 1 to 100; 20 when left out.</param>
    /// <response code="200">A page of images.</response>
    /// <response code="400">A parameter is not as it should be.</response>
    /// <response code="404">There is no such model.</response>
    /// <response code="409">The model is damaged, or its data set is not there any more.</response>
    private static async Task<Ok<Page<MisclassificationResponse>>> ListAsync(
        string id,
        ModelRegistry models,
        Misclassifications misread,
        CancellationToken cancellation,
        string? actual = null,
        string? predicted = null,
        string? after = null,
        string? limit = null)
    {
        ValidationErrors errors = new();
        int? actualDigit = Parse(actual, nameof(actual), DigitNetwork.ClassCount - 1, "a digit from 0 to 9", errors);
        int? predictedDigit = Parse(predicted, nameof(predicted), DigitNetwork.ClassCount - 1, "a digit from 0 to 9", errors);
        int? start = Parse(after, nameof(after), int.MaxValue, "the index of the last image of the page before", errors);
        int size = Paging.ParseLimit(limit, errors);
        errors.ThrowIfAny();

        ModelVersion model = await models.GetAsync(id, cancellation);
        DigitDataset images = misread.TestImages(model);
        IEnumerable<Misclassification> wanted = (await misread.OfAsync(model, cancellation)).Where(image =>
            image.Actual == (actualDigit ?? image.Actual) && image.Predicted == (predictedDigit ?? image.Predicted) && (start is null || image.Index > start));
        return TypedResults.Ok(Page<Misclassification>.Of(wanted, size).Select(image => MisclassificationResponse.From(image, images.Pixels(image.Index))));
    }

    private static int? Parse(string? text, string field, int max, string what, ValidationErrors errors)
    {
        if (text is null)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= max)
        {
            return number;
        }

        errors.Add(field, $"must be {what}, not '{text}'.");
        return null;
    }
}
