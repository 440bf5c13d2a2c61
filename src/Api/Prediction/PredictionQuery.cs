using RnnService.Api.Hosting;
using RnnService.Model.Images;

namespace RnnService.Api.Prediction;

/// <summary>What a request to predict asks for beside its images.</summary>
/// <param name="Inversion">Whether dark and light change places.</param>
/// <param name="Fit">Whether pictures of any size are made what MNIST's digits are.</param>
/// <param name="Trace">Whether to tell what the network believed after each row.</param>
internal sealed record PredictionQuery(Inversion Inversion, bool Fit, bool Trace)
{
    /// <exception cref="InvalidRequestException">A parameter is not one of its words.</exception>
    public static PredictionQuery Parse(string? invert, string? fit, string? trace)
    {
        RequestFaults faults = new();
        PredictionQuery query = new(ParseInversion(invert, faults), ParseFlag(fit, nameof(fit), faults), ParseFlag(trace, nameof(trace), faults));
        faults.ThrowIfAny();
        return query;
    }

    /// <exception cref="InvalidImageException">The bytes are not such an image.</exception>
    public DigitImage Decode(ReadOnlySpan<byte> png) => Fit ? DigitImageDecoder.Fit(png, Inversion) : DigitImageDecoder.Decode(png, Inversion);

    /// <summary>What the network sees, where that is not what was sent.</summary>
    public DigitImage? Shown(DigitImage image) => Fit ? image : null;

    private static Inversion ParseInversion(string? invert, RequestFaults faults)
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
                faults.Add(nameof(invert), $"must be one of auto, true, false, not '{invert}'.");
                return Inversion.Auto;
        }
    }

    private static bool ParseFlag(string? flag, string name, RequestFaults faults)
    {
        if (flag is not (null or "true" or "false"))
        {
            faults.Add(name, $"must be true or false, not '{flag}'.");
        }

        return flag == "true";
    }
}
