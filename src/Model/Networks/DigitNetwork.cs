using System.Runtime.ExceptionServices;
using RnnService.Model.Architecture;
using RnnService.Model.Images;
using RnnService.Model.SafeTensors;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnService.Model.Networks;

/// <summary>
/// A trainable network as a torch module. Maps float32 images [N, 28, 28] from 0 to 1 to logits [N, 10]. For inference only, use
/// <c>CompiledNetwork</c>, which does not require libtorch. Its weights are in native memory and must be disposed.
/// </summary>
/// <param name="settings">The architecture.</param>
public abstract class DigitNetwork(NetworkSettings settings) : nn.Module<Tensor, Tensor>(nameof(DigitNetwork))
{
    /// <summary>The architecture.</summary>
    public NetworkSettings Settings { get; } = settings;

    /// <summary>Number of learned parameters.</summary>
    public long ParameterCount => parameters().Sum(parameter => parameter.numel());

    /// <summary>Seed of the dropout in the next forward pass during training.</summary>
    internal long DropoutSeed { get; set; }

    /// <summary>Creates a network with initial weights.</summary>
    /// <param name="settings">The architecture.</param>
    /// <param name="seed">Seed of the weights: the same seed produces the same weights.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public static DigitNetwork Create(NetworkSettings settings, int seed)
    {
        settings.ThrowIfInvalid();
        return settings.Network == NetworkType.Fnn ? new FeedForwardNetwork(settings, seed) : new RecurrentNetwork(settings, seed);
    }

    /// <summary>Creates a network with stored weights.</summary>
    /// <param name="file">A safetensors file, such as <see cref="ToSafeTensors"/> returns.</param>
    /// <param name="settings">The architecture, for a file without metadata; otherwise null.</param>
    /// <exception cref="InvalidDataException">The file is damaged or contains a different network; see <see cref="NetworkFile.Parse"/>.</exception>
    public static DigitNetwork Load(ReadOnlySpan<byte> file, NetworkSettings? settings = null)
    {
        NetworkFile content = NetworkFile.Parse(file, settings);
        DigitNetwork network = Create(content.Settings, seed: 0);
        network.SetWeights(content.Tensors);
        return network;
    }

    /// <summary>The network as a safetensors file, with its architecture in the metadata. Identical networks produce identical bytes.</summary>
    public byte[] ToSafeTensors() => ToFile().ToBytes();

    /// <summary>
    /// Computes the gradients of all weights and adds them to the weights' <c>grad</c>. Use it instead of <c>loss.backward()</c>, which cannot report exceptions: torch calls the
    /// kernels from native code, through which exceptions cannot propagate.
    /// </summary>
    /// <param name="loss">A scalar that depends on this network's logits.</param>
    /// <exception cref="InvalidOperationException">A backward pass has already run for this forward pass.</exception>
    public void Backward(Tensor loss)
    {
        loss.backward();
        TakeBackwardFault()?.Throw();
    }

    /// <summary>The mean cross-entropy of a batch, in nats: a scalar. With several members, it is the mean of each member's.</summary>
    /// <param name="images">Float32 [N, 28, 28] from 0 to 1.</param>
    /// <param name="labels">int64 [N].</param>
    internal virtual Tensor Loss(Tensor images, Tensor labels) => nn.functional.cross_entropy(call(images), labels);

    /// <summary>A copy of the architecture and the weights.</summary>
    internal NetworkFile ToFile() => new(Settings, Weights());

    /// <summary>Copies of the weights, in the network's order.</summary>
    internal IReadOnlyList<NamedTensor> Weights() =>
        [.. named_parameters().Select(weight => NativeTensor.ToNamed(weight.name, weight.parameter))];

    /// <exception cref="InvalidDataException">A tensor is missing, is unknown, or has the wrong shape.</exception>
    internal void SetWeights(IEnumerable<NamedTensor> weights)
    {
        using IDisposable noGradient = no_grad();
        TensorsByName tensors = new(weights);
        foreach ((string name, Parameter parameter) in named_parameters())
        {
            NativeTensor.Set(parameter, tensors.Take(name, parameter.shape));
        }

        tensors.ThrowIfAnyIsLeft();
    }

    /// <summary>Returns the exception of the last backward pass and clears it; null if there was none.</summary>
    private protected virtual ExceptionDispatchInfo? TakeBackwardFault() => null;

    /// <summary>Validates the input: the kernels read native memory, and would read out of bounds if its shape or type were wrong.</summary>
    /// <exception cref="ArgumentException">The tensor is not float32 [N, 28, 28] on the CPU with at least one image.</exception>
    private protected static void ThrowUnlessImages(Tensor input)
    {
        if (input.shape is not [> 0 and <= int.MaxValue, DigitImage.Side, DigitImage.Side] || input.dtype != ScalarType.Float32 || input.device_type != DeviceType.CPU)
        {
            throw new ArgumentException($"The input must be float32 [N, {DigitImage.Side}, {DigitImage.Side}] on the CPU with N at least 1, not {input.dtype} [{string.Join(", ", input.shape)}] on {input.device_type}.", nameof(input));
        }
    }
}
