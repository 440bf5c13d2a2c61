namespace RnnService.Benchmarks.OnnxRuntimeApi;

/// <summary>A response with the same JSON as the service's.</summary>
internal sealed record PredictionResponse(int Digit, float Confidence, float[] Probabilities, ModelName Model)
{
    private static readonly ModelName OnlyOne = new(Guid.Empty, 1);

    public static PredictionResponse From(float[] probabilities)
    {
        float confidence = probabilities.Max();
        return new PredictionResponse(Array.IndexOf(probabilities, confidence), confidence, probabilities, OnlyOne);
    }
}
