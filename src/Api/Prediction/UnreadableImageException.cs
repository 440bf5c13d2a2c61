using RnnService.Api.Http;
using RnnService.Model.Images;

namespace RnnService.Api.Prediction;

/// <summary>An image cannot be used: it is missing, not a PNG, broken, blank or of the wrong size.</summary>
internal sealed class UnreadableImageException(ImageFault fault, string detail, Exception? cause = null) : ProblemException(StatusOf(fault), detail, cause)
{
    /// <summary>Adds the options of a request to the decoder's explanation.</summary>
    /// <param name="cause">The decoder's exception.</param>
    /// <param name="fit">Whether the request allows images of any size.</param>
    public static UnreadableImageException From(InvalidImageException cause, bool fit) => new(cause.Fault, $"{cause.Message}{Advice(cause.Fault, fit)}", cause);

    private static string Advice(ImageFault fault, bool fit) => fault switch
    {
        ImageFault.Missing => $" {PredictionRequest.Advice}",
        ImageFault.WrongSize when !fit => " Or send it with fit=true, which finds and scales the digit.",
        _ => "",
    };

    private static int StatusOf(ImageFault fault) => fault switch
    {
        ImageFault.Missing => StatusCodes.Status400BadRequest,
        ImageFault.NotPng => StatusCodes.Status415UnsupportedMediaType,
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}
