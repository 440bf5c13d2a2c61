using System.Runtime.ExceptionServices;
using RnnService.Model.Architecture;
using RnnService.Model.Kernels.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnService.Model.Networks;

/// <summary>
/// Reads an image row by row: 28 time steps of 28 pixels, then a linear layer on the last hidden states. Optionally, it also reads the columns.
/// Weights are initialized as in the article's program: as in TensorFlow's BasicLSTMCell, the gates' weights are Glorot-uniform
/// (Glorot and Bengio, 2010), their biases are zero, and the bias of an LSTM's forget gate is one; the output layer is drawn from N(0, 1).
/// </summary>
public sealed class RecurrentNetwork : DigitNetwork
{
    private const double ForgetBias = 1.0;

    private readonly RecurrentStack stack;
    private readonly Linear output;

    /// <summary>Creates the network with initial weights.</summary>
    /// <param name="settings">The architecture.</param>
    /// <param name="seed">Seed of the weights.</param>
    public RecurrentNetwork(NetworkSettings settings, int seed)
        : this(settings, seed, RecurrentKernel.For(CellDescription.Of(settings.Network)))
    {
    }

    internal RecurrentNetwork(NetworkSettings settings, int seed, RecurrentKernel kernel)
        : base(settings)
    {
        stack = new RecurrentStack([.. settings.RecurrentModules], settings.Dropout, kernel);
        foreach (RecurrentWeights module in stack.Modules)
        {
            register_module(module.GetName(), module);
        }

        output = nn.Linear(settings.Output.Inputs, settings.Output.Outputs);
        register_module(settings.Output.Module, output);
        Initialize(kernel.Cell, seed);
    }

    /// <summary>Float32 images [N, 28, 28] from 0 to 1 to logits [N, 10].</summary>
    /// <exception cref="ArgumentException">The input has the wrong shape or type.</exception>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        return output.call(Features(input)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    internal override Tensor Loss(Tensor images, Tensor labels)
    {
        if (Settings.Members == 1)
        {
            return base.Loss(images, labels);
        }

        // The network's logits are the mean of the members' logits, so a member's are its share of them, times the number of members.
        using DisposeScope scope = NewDisposeScope();
        Tensor[] features = Features(images).split(Settings.MemberFeatureCount, 1);
        Tensor[] weights = output.weight.split(Settings.MemberFeatureCount, 1);
        Tensor[] losses = [.. features.Zip(weights, (values, weight) => nn.functional.cross_entropy(nn.functional.linear(values, weight * Settings.Members, output.bias), labels))];
        return torch.stack(losses).mean().MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    private protected override ExceptionDispatchInfo? TakeBackwardFault() => stack.TakeBackwardFault();

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            stack.Dispose();
            output.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Images to the features of all members, one member after the other.</summary>
    private Tensor Features(Tensor images)
    {
        ThrowUnlessImages(images);
        stack.DropoutSeed = unchecked((ulong)DropoutSeed);
        return stack.Features(images, training);
    }

    private void Initialize(CellDescription cell, int seed)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        using Generator generator = new((ulong)seed, CPU);
        int hidden = Settings.HiddenSize;
        foreach (Parameter[] layer in stack.Modules.SelectMany(module => module.All.Chunk(RecurrentShape.WeightsPerLayer)))
        {
            (Parameter input, Parameter recurrent, Parameter inputBias) = (layer[0], layer[1], layer[2]);

            // TensorFlow has one matrix for both.
            double glorotLimit = Math.Sqrt(6.0 / (input.shape[1] + hidden + (cell.Gates.Count * hidden)));
            input.uniform_(-glorotLimit, glorotLimit, generator);
            recurrent.uniform_(-glorotLimit, glorotLimit, generator);
            if (cell.ForgetGate is int forget)
            {
                // torch adds two biases for each gate; one of them is enough.
                inputBias.narrow(0, forget * hidden, hidden).fill_(ForgetBias);
            }
        }

        output.weight.normal_(0, 1.0 / Settings.Members, generator);
        output.bias!.normal_(0, 1, generator);
    }
}
