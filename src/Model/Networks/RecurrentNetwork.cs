using RnnService.Model.Kernels;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnService.Model.Networks;

/// <summary>
/// Reads an image row by row: 28 time steps of 28 pixels, then a linear layer on the last hidden states. It may read the columns as well.
/// Fresh weights are those of the article's program: as in TensorFlow's BasicLSTMCell the gates' weights are Glorot-uniform
/// (Glorot and Bengio, 2010), their biases zero and an LSTM's forget gate's one; the output layer is drawn from N(0, 1).
/// </summary>
public sealed class RecurrentNetwork : DigitNetwork
{
    private const double ForgetBias = 1.0;

    private readonly List<RecurrentStack> stacks = [];
    private readonly Linear output;

    /// <summary>Makes the network with fresh weights.</summary>
    /// <param name="settings">What it is made of.</param>
    /// <param name="seed">What the weights are drawn from.</param>
    public RecurrentNetwork(NetworkSettings settings, int seed)
        : this(settings, seed, RecurrentKernel.For(settings.Network))
    {
    }

    internal RecurrentNetwork(NetworkSettings settings, int seed, RecurrentKernel kernel)
        : base(settings)
    {
        string name = settings.Network.ToString().ToLowerInvariant();
        AddStack(name, new RecurrentStack(name, settings, readsColumns: false, kernel));
        if (settings.Reading == ReadingOrder.RowsAndColumns)
        {
            AddStack($"{name}_columns", new RecurrentStack(name, settings, readsColumns: true, kernel));
        }

        output = nn.Linear(stacks.Sum(stack => stack.FeatureCount), ClassCount);
        register_module(nameof(output), output);
        Initialize(kernel.GateCount, seed);
    }

    /// <summary>Float32 images [N, 28, 28] from 0 to 1 to logits [N, 10].</summary>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        for (int i = 0; i < stacks.Count; i++)
        {
            stacks[i].DropoutSeed = unchecked((ulong)DropoutSeed + ((ulong)i << 32));
        }

        Tensor[] features = [.. stacks.Select(stack => stack.call(input))];
        return output.call(features.Length == 1 ? features[0] : cat(features, 1)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public override Tensor Trace(Tensor image)
    {
        if (Settings.Bidirectional || Settings.Reading != ReadingOrder.Rows)
        {
            return base.Trace(image);
        }

        using DisposeScope scope = NewDisposeScope();
        return output.call(stacks[0].Trace(image)).MoveToOuterDisposeScope();
    }

    internal override void WeightsChanged() => stacks.ForEach(stack => stack.WeightsChanged());

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            stacks.ForEach(stack => stack.Dispose());
            output.Dispose();
        }

        base.Dispose(disposing);
    }

    private void AddStack(string name, RecurrentStack stack)
    {
        register_module(name, stack);
        stacks.Add(stack);
    }

    private void Initialize(int gateCount, int seed)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        using Generator generator = new((ulong)seed, CPU);
        int hidden = Settings.HiddenSize;
        foreach (Parameter[] layer in stacks.SelectMany(stack => stack.parameters().Chunk(RecurrentStack.WeightsOfALayer)))
        {
            (Parameter input, Parameter recurrent, Parameter inputBias) = (layer[0], layer[1], layer[2]);

            // TensorFlow has one matrix of both.
            double glorotLimit = Math.Sqrt(6.0 / (input.shape[1] + hidden + (gateCount * hidden)));
            input.uniform_(-glorotLimit, glorotLimit, generator);
            recurrent.uniform_(-glorotLimit, glorotLimit, generator);
            if (Settings.Network == NetworkType.Lstm)
            {
                // torch keeps two biases for each gate, which are added; the gates' order is input, forget, cell, output.
                inputBias.narrow(0, hidden, hidden).fill_(ForgetBias);
            }
        }

        output.weight.normal_(0, 1, generator);
        output.bias!.normal_(0, 1, generator);
    }
}
