using RnnService.Model.Architecture;
using RnnService.Model.Kernels.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnService.Model.Networks;

/// <summary>
/// Reads all 784 pixels at once: hidden layers of rectified linear units, then a linear layer. The baseline for recurrent networks.
/// Initial weights are He-normal (He et al., 2015) in hidden layers and Glorot-uniform in the output layer; biases are zero.
/// </summary>
public sealed class FeedForwardNetwork : DigitNetwork
{
    private readonly List<Linear> hidden = [];
    private readonly Linear output;

    /// <summary>Creates the network with initial weights.</summary>
    /// <param name="settings">The architecture.</param>
    /// <param name="seed">Seed of the weights.</param>
    public FeedForwardNetwork(NetworkSettings settings, int seed)
        : base(settings)
    {
        foreach (LinearShape layer in settings.HiddenLayers)
        {
            hidden.Add(nn.Linear(layer.Inputs, layer.Outputs));
            register_module(layer.Module, hidden[^1]);
        }

        output = nn.Linear(settings.Output.Inputs, settings.Output.Outputs);
        register_module(settings.Output.Module, output);
        Initialize(seed);
    }

    /// <summary>Float32 images [N, 28, 28] from 0 to 1 to logits [N, 10].</summary>
    /// <exception cref="ArgumentException">The input has the wrong shape or type.</exception>
    public override Tensor forward(Tensor input)
    {
        ThrowUnlessImages(input);
        using DisposeScope scope = NewDisposeScope();
        Tensor values = input.flatten(1);
        for (int layer = 0; layer < hidden.Count; layer++)
        {
            values = Drop(hidden[layer].call(values).relu(), layer);
        }

        return output.call(values).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            hidden.ForEach(layer => layer.Dispose());
            output.Dispose();
        }

        base.Dispose(disposing);
    }

    private Tensor Drop(Tensor values, int layer)
    {
        if (!training || Settings.Dropout == 0)
        {
            return values;
        }

        DropoutMask mask = new DropoutMask(Settings.Dropout, unchecked((ulong)DropoutSeed)).Of(layer);
        Tensor scales = empty(values.shape);
        Span<float> numbers = NativeTensor.Span(scales);
        for (int place = 0; place < numbers.Length; place++)
        {
            numbers[place] = mask.Apply(1, place);
        }

        return values * scales;
    }

    private void Initialize(int seed)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        using Generator generator = new((ulong)seed, CPU);
        foreach (Linear layer in hidden)
        {
            layer.weight.normal_(0, Math.Sqrt(2.0 / layer.weight.shape[1]), generator);
            layer.bias!.zero_();
        }

        double glorotLimit = Math.Sqrt(6.0 / (Settings.Output.Inputs + Settings.Output.Outputs));
        output.weight.uniform_(-glorotLimit, glorotLimit, generator);
        output.bias!.zero_();
    }
}
