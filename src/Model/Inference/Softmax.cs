namespace RnnService.Model.Inference;

/// <summary>The softmax function.</summary>
internal static class Softmax
{
    /// <summary>Converts the logits of an image to probabilities that sum to 1.</summary>
    /// <param name="logits">The logits.</param>
    /// <param name="temperature">What the logits are divided by. Greater than 0.</param>
    public static float[] Of(float[] logits, float temperature)
    {
        // Subtracting the largest logit does not change the result, but keeps the exponentials finite.
        float max = logits.Max();
        float[] exponentials = Array.ConvertAll(logits, logit => MathF.Exp((logit - max) / temperature));
        float sum = exponentials.Sum();
        return Array.ConvertAll(exponentials, value => value / sum);
    }

    /// <summary>The logarithm of the sum of exponentials that <see cref="Of"/> divides by.</summary>
    /// <param name="logits">The logits.</param>
    /// <param name="temperature">What the logits are divided by. Greater than 0.</param>
    public static double LogSum(float[] logits, double temperature)
    {
        double max = logits.Max();
        return (max / temperature) + Math.Log(logits.Sum(logit => Math.Exp((logit - max) / temperature)));
    }
}
