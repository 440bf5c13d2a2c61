using RnnService.Model.Images;

namespace RnnService.Benchmarks.Engine.Contestants;

/// <summary>An inference engine to measure.</summary>
internal interface IContestant : IDisposable
{
    /// <summary>The name in the tables.</summary>
    string Name { get; }

    /// <summary>Returns the ten probabilities of each image, concatenated. Includes all conversions, from bytes to floats.</summary>
    float[] Classify(IReadOnlyList<DigitImage> images);
}
