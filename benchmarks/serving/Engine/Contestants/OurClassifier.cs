using RnnService.Model.Images;
using RnnService.Model.Inference;
using RnnService.Model.Networks;
using TorchSharp;

namespace RnnService.Benchmarks.Engine.Contestants;

/// <summary>The classifier that the service answers with.</summary>
internal sealed class OurClassifier : IContestant
{
    private readonly DigitClassifier classifier;

    /// <param name="network">The network, which belongs to the classifier from now on.</param>
    public OurClassifier(DigitNetwork network)
    {
        classifier = new DigitClassifier(network, new ModelIdentity(Guid.Empty, Version: 1));

        // As the service's own loop does: the cores are for the network's own kernels.
        torch.set_num_threads(1);
    }

    public string Name => "ours";

    public float[] Classify(IReadOnlyList<DigitImage> images) => [.. classifier.Classify(images).SelectMany(prediction => prediction.Probabilities)];

    public void Dispose() => classifier.Dispose();
}
