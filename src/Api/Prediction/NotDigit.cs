namespace RnnService.Api.Prediction;

/// <summary>The reasons why an image is not a digit.</summary>
internal static class NotDigit
{
    /// <summary>The image has several digits, or a digit in several pieces that are far apart.</summary>
    public const string SeveralPieces = "severalPieces";

    /// <summary>The image is unlike anything that the model learned.</summary>
    public const string Unfamiliar = "unfamiliar";

    /// <summary>The reason that the model gives; null if it takes the image for a digit.</summary>
    public static string? ReasonFor(Model.Inference.Prediction prediction) => prediction.IsDigit == false ? Unfamiliar : null;
}
