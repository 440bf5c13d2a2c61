using System.Runtime.ExceptionServices;
using RnnService.Model.Architecture;
using RnnService.Model.Kernels.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnService.Model.Networks;

/// <summary>
/// Recurrent layers that read images in one order, as a torch module: float32 [N, 28, 28] to the last layer's last hidden states,
/// [N, directions · hidden]. The weights have PyTorch's names, shapes and meaning; the computation runs on custom kernels.
/// </summary>
internal sealed unsafe class RecurrentStack : nn.Module<Tensor, Tensor>
{
    private readonly RecurrentImageLayers layers;
    private readonly List<Parameter> weights = [];
    private readonly double dropout;
    private ExceptionDispatchInfo? backwardFault;

    public RecurrentStack(RecurrentShape shape, double dropout, RecurrentKernel kernel)
        : base(shape.Module)
    {
        this.dropout = dropout;
        layers = new RecurrentImageLayers(shape, kernel);
        foreach (WeightShape weight in shape.Weights)
        {
            Parameter parameter = new(zeros([.. weight.Sizes]));
            register_parameter(weight.Name[(shape.Module.Length + 1)..], parameter);
            weights.Add(parameter);
        }
    }

    /// <summary>Seed of the dropout in the next forward pass during training.</summary>
    public ulong DropoutSeed { get; set; }

    private int FeatureCount => layers.Shape.FeatureCount;

    public override Tensor forward(Tensor images)
    {
        TakeBackwardFault()?.Throw();
        using DisposeScope scope = NewDisposeScope();
        Tensor input = images.contiguous();
        return (training && is_grad_enabled()
            ? RecurrentFunction.apply([this, input, .. weights])
            : Infer(input)).MoveToOuterDisposeScope();
    }

    /// <summary>A forward pass that keeps what a backward pass needs.</summary>
    public (Tensor Features, RecurrentPass Pass) ForwardForTraining(Tensor images)
    {
        layers.Pack(Native(weights));
        DropoutMask mask = Mask();
        Tensor features = empty(images.shape[0], FeatureCount);
        RecurrentBatch batch = layers.Forward(NativeTensor.Pointer(images), (int)images.shape[0], Features(features), mask);
        GC.KeepAlive(images);
        return (features, new RecurrentPass(this, batch, mask));
    }

    /// <summary>The backward pass.</summary>
    /// <returns>The gradients of the weights, in their order. After an exception, which <see cref="TakeBackwardFault"/> returns, they are NaN.</returns>
    public List<Tensor> Backward(RecurrentPass pass, Tensor featureGradient)
    {
        List<Tensor> gradients = [];
        try
        {
            gradients.AddRange(weights.Select(weight => zeros(weight.shape)));
            using Tensor contiguous = featureGradient.contiguous();
            layers.Backward(pass.TakeBatch(), Features(contiguous), pass.Dropout, Native(gradients));
            GC.KeepAlive(contiguous);
        }
        catch (Exception exception)
        {
            backwardFault = ExceptionDispatchInfo.Capture(exception);
            gradients.ForEach(gradient => gradient.fill_(float.NaN));
            gradients.AddRange(Enumerable.Repeat<Tensor>(null!, weights.Count - gradients.Count));
        }

        return gradients;
    }

    /// <summary>Returns the exception of the last backward pass and clears it; null if there was none.</summary>
    public ExceptionDispatchInfo? TakeBackwardFault() => Interlocked.Exchange(ref backwardFault, null);

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            layers.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Weights are packed for each pass: torch may have changed them since the last one.</summary>
    private Tensor Infer(Tensor images)
    {
        layers.Pack(Native(weights));
        Tensor features = empty(images.shape[0], FeatureCount);
        layers.Infer(NativeTensor.Pointer(images), (int)images.shape[0], Features(features), Mask());
        GC.KeepAlive(images);
        return features;
    }

    private RecurrentFeatures Features(Tensor tensor) => new(NativeTensor.Pointer(tensor), FeatureCount);

    private static LayerWeights[] Native(IReadOnlyList<Tensor> tensors) =>
        [.. tensors.Select(tensor => (nint)NativeTensor.Pointer(tensor)).Chunk(RecurrentShape.WeightsPerLayer).Select(LayerWeights.From)];

    private DropoutMask Mask() => training ? new DropoutMask(dropout, DropoutSeed) : default;
}
