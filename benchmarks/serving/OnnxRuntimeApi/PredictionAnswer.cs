namespace RnnService.Benchmarks.OnnxRuntimeApi;

/// <summary>The same JSON as the service's.</summary>
internal sealed record PredictionAnswer(int Digit, float Confidence, float[] Probabilities, ModelName Model)
{
    private static readonly ModelName OnlyOne = new(Guid.Empty, 1);

    public static PredictionAnswer From(float[] probabilities)
    {
        float confidence = probabilities.Max();
        return new PredictionAnswer(Array.IndexOf(probabilities, confidence), confidence, probabilities, OnlyOne);
    }
}
