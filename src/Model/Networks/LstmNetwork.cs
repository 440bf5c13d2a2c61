using RnnService.Model.Images;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnService.Model.Networks;

/// <summary>
/// Reads an image row by row: 28 time steps of 28 pixels, then a linear layer on the last hidden state.
/// Fresh weights are those of the article's program: as in TensorFlow's BasicLSTMCell the gates' weights are Glorot-uniform
/// (Glorot and Bengio, 2010), their biases zero and the forget gate's one; the output layer is drawn from N(0, 1).
/// </summary>
public sealed class LstmNetwork : DigitNetwork
{
    private const int GateCount = 4;
    private const double ForgetBias = 1.0;

    private readonly LSTM lstm;
    private readonly Linear output;

    /// <summary>Makes the network with fresh weights.</summary>
    /// <param name="settings">Its hidden size.</param>
    /// <param name="seed">What the weights are drawn from.</param>
    public LstmNetwork(NetworkSettings settings, int seed)
        : base(settings)
    {
        lstm = nn.LSTM(DigitImage.Side, settings.HiddenSize, batchFirst: true);
        output = nn.Linear(settings.HiddenSize, ClassCount);
        RegisterComponents();
        Initialize(seed);
    }

    /// <summary>Float32 images [N, 28, 28] from 0 to 1 to logits [N, 10].</summary>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        (_, Tensor lastHidden, _) = lstm.call(input);
        return output.call(lastHidden.squeeze(0)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lstm.Dispose();
            output.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Initialize(int seed)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        using Generator generator = new((ulong)seed, CPU);
        int hidden = Settings.HiddenSize;
        double glorotLimit = Math.Sqrt(6.0 / (DigitImage.Side + hidden + (GateCount * hidden)));

        foreach ((string name, Parameter parameter) in lstm.named_parameters())
        {
            if (name.StartsWith("weight", StringComparison.Ordinal))
            {
                parameter.uniform_(-glorotLimit, glorotLimit, generator);
            }
            else
            {
                parameter.zero_();
            }
        }

        // torch keeps two biases for each gate, which are added; the gates' order is input, forget, cell, output.
        lstm.get_parameter("bias_ih_l0")!.narrow(0, hidden, hidden).fill_(ForgetBias);
        output.weight.normal_(0, 1, generator);
        output.bias!.normal_(0, 1, generator);
    }
}
