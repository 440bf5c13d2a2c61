namespace RnnService.Model.Inference;

/// <summary>The softmax function.</summary>
internal static class Softmax
{
    /// <summary>Converts the logits of each image to probabilities that sum to 1.</summary>
    public static IReadOnlyList<float[]> Of(IReadOnlyList<float[]> logits) => [.. logits.Select(Of)];

    private static float[] Of(float[] logits)
    {
        // Subtracting the largest logit does not change the result, but keeps the exponentials finite.
        float max = logits.Max();
        float[] exponentials = Array.ConvertAll(logits, logit => MathF.Exp(logit - max));
        float sum = exponentials.Sum();
        return Array.ConvertAll(exponentials, value => value / sum);
    }
}
