using RnnService.Model.Architecture;
using RnnService.Model.Inference;
using RnnService.Model.Networks;

namespace RnnService.Model.Tests.Inference;

/// <summary>Creates classifiers from networks with initial weights.</summary>
internal static class UntrainedClassifier
{
    public static DigitClassifier Create(int version, int hiddenSize = 64) => new(Compile(new NetworkSettings(NetworkType.Lstm, hiddenSize), seed: version), Identity(version));

    public static CompiledNetwork Compile(NetworkSettings settings, int seed)
    {
        using DigitNetwork network = DigitNetwork.Create(settings, seed);
        return new CompiledNetwork(network.ToFile());
    }

    public static ModelIdentity Identity(int version) => new(Guid.CreateVersion7(), version);
}
