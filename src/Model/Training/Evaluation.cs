namespace RnnService.Model.Training;

/// <summary>How well a network does on images that it does not learn from.</summary>
/// <param name="Loss">Mean cross-entropy of an image, in nats.</param>
/// <param name="Confusion">Which digit was told for which.</param>
public sealed record Evaluation(double Loss, ConfusionMatrix Confusion)
{
    /// <summary>Share of the images that are told right, 0 to 1; 0 when there are none.</summary>
    public double Accuracy => Confusion.Accuracy;
}
