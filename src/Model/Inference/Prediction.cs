namespace RnnService.Model.Inference;

/// <summary>The classification of an image.</summary>
/// <param name="Probabilities">Probabilities of the digits 0 to 9, which sum to 1.</param>
/// <param name="IsDigit">Whether the image is like those that the network learned; null if the network is not calibrated.</param>
/// <param name="Model">The model that classified the image.</param>
/// <param name="Trace">The probabilities after each of the 28 rows; null unless requested.</param>
public sealed record Prediction(IReadOnlyList<float> Probabilities, bool? IsDigit, ModelIdentity Model, IReadOnlyList<IReadOnlyList<float>>? Trace = null)
{
    /// <summary>The most probable digit; the lowest in a tie.</summary>
    public int Digit { get; } = IndexOfMax(Probabilities);

    /// <summary>The probability of <see cref="Digit"/>, 0.1 to 1.</summary>
    public float Confidence => Probabilities[Digit];

    private static int IndexOfMax(IReadOnlyList<float> values)
    {
        int best = 0;
        for (int i = 1; i < values.Count; i++)
        {
            best = values[i] > values[best] ? i : best;
        }

        return best;
    }
}
