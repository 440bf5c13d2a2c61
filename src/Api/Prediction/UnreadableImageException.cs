using RnnService.Api.Http;
using RnnService.Model.Images;

namespace RnnService.Api.Prediction;

/// <summary>An image cannot be used: it is missing, of an unknown format, damaged, blank or of the wrong size, or has too many digits.</summary>
internal sealed class UnreadableImageException(ImageFault fault, string detail, Exception? cause = null) : ProblemException(StatusOf(fault), detail, cause)
{
    /// <summary>Appends advice to the decoder's error message.</summary>
    /// <param name="cause">The decoder's exception.</param>
    /// <param name="fit">Whether the image was to be fitted.</param>
    public static UnreadableImageException From(InvalidImageException cause, bool fit) => new(cause.Fault, $"{cause.Message}{Advice(cause.Fault, fit)}", cause);

    private static string Advice(ImageFault fault, bool fit) => fault switch
    {
        ImageFault.Missing => $" {PredictionRequest.Advice}",
        ImageFault.UnknownFormat when fit => " Convert it to PNG, JPEG or WebP; renaming the file is not enough.",
        ImageFault.UnknownFormat => " Convert it to PNG, or omit fit=false: by default JPEG and WebP are accepted as well.",
        ImageFault.Broken => " Then send the whole file.",
        ImageFault.WrongSize when fit => " Scale it down.",
        ImageFault.WrongSize => " Scale it to 28×28, or omit fit=false: by default the digit is found and scaled.",
        ImageFault.TooManyDigits => " Send it in parts.",
        ImageFault.Blank => " Draw or photograph one digit, dark on light or light on dark.",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "Unknown fault."),
    };

    private static int StatusOf(ImageFault fault) => fault switch
    {
        ImageFault.Missing => StatusCodes.Status400BadRequest,
        ImageFault.UnknownFormat => StatusCodes.Status415UnsupportedMediaType,
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}
