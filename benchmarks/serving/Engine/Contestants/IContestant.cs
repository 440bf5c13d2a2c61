using RnnService.Model.Images;

namespace RnnService.Benchmarks.Engine.Contestants;

/// <summary>Someone who tells which digits images show.</summary>
internal interface IContestant : IDisposable
{
    /// <summary>As the tables have it.</summary>
    string Name { get; }

    /// <summary>The ten probabilities of each image, one image after the other: bytes in, floats out, all that lies between included.</summary>
    float[] Classify(IReadOnlyList<DigitImage> images);
}
