using RnnService.Benchmarks.Engine.Contestants;
using RnnService.Model.Images;

namespace RnnService.Benchmarks.Engine;

/// <summary>Who answers otherwise than the others is no contestant.</summary>
internal static class Agreement
{
    private const float Tolerance = 1e-3f;

    /// <summary>The largest difference between two probabilities.</summary>
    /// <exception cref="InvalidOperationException">It is too large to come from rounding.</exception>
    public static float Check(IReadOnlyList<IContestant> contestants, DigitImage[] images)
    {
        float[] first = contestants[0].Classify(images);
        float difference = contestants.Skip(1).Max(other => other.Classify(images).Zip(first, (a, b) => MathF.Abs(a - b)).Max());
        return difference <= Tolerance ? difference : throw new InvalidOperationException($"The answers differ by up to {difference}.");
    }
}
