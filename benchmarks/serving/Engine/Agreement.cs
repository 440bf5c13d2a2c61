using RnnService.Benchmarks.Engine.Contestants;
using RnnService.Model.Images;

namespace RnnService.Benchmarks.Engine;

/// <summary>Verifies that all contestants return the same probabilities.</summary>
internal static class Agreement
{
    private const float Tolerance = 1e-3f;

    /// <summary>Returns the largest difference between two probabilities.</summary>
    /// <exception cref="InvalidOperationException">The difference is too large to be a rounding error.</exception>
    public static float Check(IReadOnlyList<IContestant> contestants, DigitImage[] images)
    {
        float[] first = contestants[0].Classify(images);
        float difference = contestants.Skip(1).Max(other => other.Classify(images).Zip(first, (a, b) => MathF.Abs(a - b)).Max());
        return difference <= Tolerance ? difference : throw new InvalidOperationException($"The probabilities differ by up to {difference}.");
    }
}
