using RnnService.Model.Architecture;
using RnnService.Model.Images;
using RnnService.Model.Inference;

namespace RnnService.Benchmarks.Engine.Contestants;

/// <summary>The compiled network that the service uses.</summary>
/// <param name="network">The network.</param>
internal sealed class OurClassifier(NetworkFile network) : IContestant
{
    private readonly CompiledNetwork compiled = new(network);

    public string Name => "ours";

    public float[] Classify(IReadOnlyList<DigitImage> images) => [.. compiled.Classify(images).SelectMany(image => image.Probabilities)];

    public void Dispose() => compiled.Dispose();
}
