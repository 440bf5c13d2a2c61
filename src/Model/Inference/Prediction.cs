namespace RnnService.Model.Inference;

/// <summary>What a network believes an image shows.</summary>
/// <param name="Probabilities">Of the digits 0 to 9, in that order; they add up to 1.</param>
/// <param name="Model">The network that was asked.</param>
/// <param name="Trace">What it believed after each of the 28 rows, as far as that was asked for: as many lists of ten probabilities.</param>
public sealed record Prediction(IReadOnlyList<float> Probabilities, ModelIdentity Model, IReadOnlyList<IReadOnlyList<float>>? Trace = null)
{
    /// <summary>The likeliest digit; the lowest where two are equally likely.</summary>
    public int Digit { get; } = IndexOfMax(Probabilities);

    /// <summary>The likeliest digit's probability, 0.1 to 1.</summary>
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
