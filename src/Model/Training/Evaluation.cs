namespace RnnService.Model.Training;

/// <summary>The evaluation of a network on a dataset.</summary>
/// <param name="Loss">Mean cross-entropy per image, in nats.</param>
/// <param name="Confusion">The confusion matrix.</param>
public sealed record Evaluation(double Loss, ConfusionMatrix Confusion)
{
    /// <summary>Fraction of the images that are classified correctly, from 0 to 1; 0 without images.</summary>
    public double Accuracy => Confusion.Accuracy;
}
