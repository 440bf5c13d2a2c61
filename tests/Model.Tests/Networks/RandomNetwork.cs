using RnnService.Model.Architecture;
using RnnService.Model.Inference;
using RnnService.Model.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnService.Model.Tests.Networks;

/// <summary>Creates networks with random weights, including the biases, most of which would otherwise be zero.</summary>
internal static class RandomNetwork
{
    public static DigitNetwork Create(NetworkSettings settings)
    {
        DigitNetwork network = DigitNetwork.Create(settings, seed: 0);
        using IDisposable noGradient = no_grad();
        using Generator generator = new(7, CPU);
        double limit = 1.5 / Math.Sqrt(settings.HiddenSize);
        foreach ((string name, Parameter weight) in network.named_parameters())
        {
            // Scale up the output weights so that the image dominates, not the biases.
            weight.uniform_(-limit, limit, generator).mul_(name == "output.weight" ? 4 : 1);
        }

        return network;
    }

    public static CompiledNetwork Compile(NetworkSettings settings)
    {
        using DigitNetwork network = Create(settings);
        return new CompiledNetwork(network.ToFile());
    }
}
