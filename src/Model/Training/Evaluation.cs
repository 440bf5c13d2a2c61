namespace RnnService.Model.Training;

/// <summary>How well a network does on images that it does not learn from.</summary>
/// <param name="Loss">Mean cross-entropy of an image, in nats.</param>
/// <param name="Accuracy">Share of the images that are told right, 0 to 1.</param>
public sealed record Evaluation(double Loss, double Accuracy)
{
    /// <summary>Stub.</summary>
    public ConfusionMatrix Confusion => new([[(int)Loss]]);
}
