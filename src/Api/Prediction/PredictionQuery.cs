using RnnService.Api.Http;
using RnnService.Model.Images;

namespace RnnService.Api.Prediction;

/// <summary>The options of a prediction request.</summary>
/// <param name="Inversion">Whether to invert images.</param>
/// <param name="Fit">Which images are normalized.</param>
/// <param name="Trace">Whether to return the probabilities after each row.</param>
/// <param name="Each">Whether to return every digit of an image.</param>
internal sealed record PredictionQuery(Inversion Inversion, Fitting Fit, bool Trace, bool Each)
{
    /// <exception cref="InvalidRequestException">A parameter is invalid.</exception>
    public static PredictionQuery Parse(string? invert, string? fit, string? trace = null, string? each = null)
    {
        ValidationErrors errors = new();
        PredictionQuery query = new(
            ParseChoice(invert, nameof(invert), Inversion.Auto, Inversion.Always, Inversion.Never, errors),
            ParseChoice(fit, nameof(fit), Fitting.Auto, Fitting.Always, Fitting.Never, errors),
            ParseFlag(trace, nameof(trace), errors),
            ParseFlag(each, nameof(each), errors));
        errors.ThrowIfAny();
        return query;
    }

    /// <summary>Whether an image is a 28×28 PNG whose pixels are used unchanged.</summary>
    /// <param name="start">The first bytes of the file, or all of it.</param>
    public bool IsExact(ReadOnlySpan<byte> start) => Fit != Fitting.Always && DigitImageDecoder.IsExact(start);

    /// <summary>Whether an image is rejected because it is not a 28×28 PNG.</summary>
    /// <param name="start">The first bytes of the file, or all of it.</param>
    public bool IsRejected(ReadOnlySpan<byte> start) => Fit == Fitting.Never && !IsExact(start);

    /// <summary>Whether an image is normalized.</summary>
    /// <param name="start">The first bytes of the file, or all of it.</param>
    public bool IsFitted(ReadOnlySpan<byte> start) => Fit != Fitting.Never && !IsExact(start);

    private static T ParseChoice<T>(string? text, string name, T auto, T always, T never, ValidationErrors errors)
    {
        switch (text)
        {
            case null or "auto":
                return auto;
            case "true":
                return always;
            case "false":
                return never;
            default:
                errors.Add(name, $"must be one of auto, true, false, not '{text}'.");
                return auto;
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
