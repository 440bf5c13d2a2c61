using RnnService.Model.Formats;
using RnnService.Model.Images;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnService.Model.Networks;

/// <summary>
/// A network that tells digits apart: float32 images [N, 28, 28] from 0 to 1 go in, logits [N, 10] come out.
/// The one who makes it disposes of it; its weights live in native memory.
/// </summary>
/// <param name="settings">What it is made of.</param>
public abstract class DigitNetwork(NetworkSettings settings) : nn.Module<Tensor, Tensor>(nameof(DigitNetwork))
{
    /// <summary>The digits 0 to 9.</summary>
    public const int ClassCount = 10;

    /// <summary>What the network is made of.</summary>
    public NetworkSettings Settings { get; } = settings;

    /// <summary>How many numbers are learned.</summary>
    public long ParameterCount => parameters().Sum(parameter => parameter.numel());

    /// <summary>What dropout draws from at the next forward pass while training.</summary>
    internal long DropoutSeed { get; set; }

    /// <summary>Makes a network with fresh weights.</summary>
    /// <param name="settings">What it is made of.</param>
    /// <param name="seed">What the weights are drawn from: the same seed gives the same weights.</param>
    public static DigitNetwork Create(NetworkSettings settings, int seed) => settings.Network switch
    {
        NetworkType.Lstm or NetworkType.Gru or NetworkType.Rnn => new RecurrentNetwork(settings, seed),
        NetworkType.Fnn => new FeedForwardNetwork(settings, seed),
        _ => throw new ArgumentOutOfRangeException(nameof(settings), settings.Network, "There is no such network."),
    };

    /// <summary>Makes a network with stored weights.</summary>
    /// <param name="settings">What it is made of.</param>
    /// <param name="weights">What <see cref="ToSafeTensors"/> gave for the same settings.</param>
    /// <exception cref="InvalidDataException">A tensor is missing, unknown, of another shape, or not finite.</exception>
    public static DigitNetwork Load(NetworkSettings settings, ReadOnlySpan<byte> weights)
    {
        SafeTensors file = SafeTensors.Parse(weights);
        if (file.Tensors.FirstOrDefault(tensor => !tensor.IsFinite) is NamedTensor bad)
        {
            throw new InvalidDataException($"A value of the tensor '{bad.Name}' is not finite.");
        }

        DigitNetwork network = Create(settings, seed: 0);
        try
        {
            network.SetWeights(file.Tensors);
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>
    /// What the network believes after each row of an image: logits [28, 10]. A network that reads the rows in order is asked after each of them; one that
    /// sees more than the rows so far is shown the image with the rows to come left blank.
    /// </summary>
    /// <param name="image">Float32 [1, 28, 28].</param>
    public virtual Tensor Trace(Tensor image)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor rowsSoFar = ones(DigitImage.Side, DigitImage.Side).tril().unsqueeze(2);
        return call(image * rowsSoFar).MoveToOuterDisposeScope();
    }

    /// <summary>The weights as a safetensors file: the same weights give the same bytes.</summary>
    public byte[] ToSafeTensors() => new SafeTensors(Weights()).ToBytes();

    /// <summary>Copies of the weights, in the network's own order.</summary>
    internal IReadOnlyList<NamedTensor> Weights() =>
        [.. named_parameters().Select(weight => NamedTensor.From(weight.name, weight.parameter))];

    /// <exception cref="InvalidDataException">A tensor is missing, unknown, or of another shape.</exception>
    internal void SetWeights(IEnumerable<NamedTensor> weights)
    {
        using IDisposable noGradient = no_grad();
        TensorsByName tensors = new(weights);
        foreach ((string name, Parameter parameter) in named_parameters())
        {
            tensors.Take(name, parameter.shape).CopyTo(parameter);
        }

        tensors.ThrowIfAnyIsLeft();
        WeightsChanged();
    }

    /// <summary>Called when weights were set from outside: whatever was made of them before is out of date.</summary>
    internal virtual void WeightsChanged()
    {
    }
}
