using RnnService.Api.Http;
using RnnService.Model.Images;

namespace RnnService.Api.Prediction;

/// <summary>The options of a prediction request.</summary>
/// <param name="Inversion">Whether to invert images.</param>
/// <param name="Fit">Whether to normalize images of any size the way MNIST was made.</param>
/// <param name="Trace">Whether to return the probabilities after each row.</param>
internal sealed record PredictionQuery(Inversion Inversion, bool Fit, bool Trace)
{
    /// <exception cref="InvalidRequestException">A parameter is invalid.</exception>
    public static PredictionQuery Parse(string? invert, string? fit, string? trace)
    {
        ValidationErrors errors = new();
        PredictionQuery query = new(ParseInversion(invert, errors), ParseFlag(fit, nameof(fit), errors), ParseFlag(trace, nameof(trace), errors));
        errors.ThrowIfAny();
        return query;
    }

    /// <summary>Whether a request has <c>fit=true</c>, without validating its other parameters.</summary>
    public static bool IsFit(HttpRequest request) => request.Query["fit"] == "true";

    /// <summary>Decodes a 28×28 PNG.</summary>
    /// <exception cref="UnreadableImageException">The image cannot be decoded.</exception>
    public DigitImage Decode(ReadOnlySpan<byte> png)
    {
        try
        {
            return DigitImageDecoder.Decode(png, Inversion);
        }
        catch (InvalidImageException e)
        {
            throw UnreadableImageException.From(e, fit: false);
        }
    }

    /// <summary>The image to return as `pixels`: the normalized image, or null if the image was used unchanged.</summary>
    public DigitImage? Shown(DigitImage image) => Fit ? image : null;

    private static Inversion ParseInversion(string? invert, ValidationErrors errors)
    {
        switch (invert)
        {
            case null or "auto":
                return Inversion.Auto;
            case "true":
                return Inversion.Always;
            case "false":
                return Inversion.Never;
            default:
                errors.Add(nameof(invert), $"must be one of auto, true, false, not '{invert}'.");
                return Inversion.Auto;
        }
    }

    private static bool ParseFlag(string? flag, string name, ValidationErrors errors)
    {
        if (flag is not (null or "true" or "false"))
        {
            errors.Add(name, $"must be true or false, not '{flag}'.");
        }

        return flag == "true";
    }
}
