using RnnService.Model.Images;
using RnnService.Model.Kernels;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnService.Model.Networks;

/// <summary>
/// Recurrent layers that read an image row by row, or column by column: float32 [N, 28, 28] to the last layer's last hidden states,
/// [N, directions · hidden]. Its weights have PyTorch's names, shapes and meaning; it calculates with the project's own kernels.
/// </summary>
internal sealed unsafe class RecurrentStack : nn.Module<Tensor, Tensor>
{
    /// <summary>Weights of one layer in one direction: of its input, of its hidden state, and the biases of both.</summary>
    public const int WeightsOfALayer = 4;

    private readonly bool readsColumns;
    private readonly RecurrentLayers layers;
    private readonly List<Parameter> weights = [];
    private readonly double dropout;
    private readonly RecurrentBatchPool batches;
    private readonly BlankRows blankRows;
    private bool packedIsCurrent;

    public RecurrentStack(string name, NetworkSettings settings, bool readsColumns, RecurrentKernel kernel)
        : base(name)
    {
        this.readsColumns = readsColumns;
        dropout = settings.Dropout;
        layers = new RecurrentLayers(kernel, DigitImage.Side, settings.HiddenSize, settings.Layers, settings.Bidirectional ? 2 : 1);
        batches = new RecurrentBatchPool(layers, DigitImage.Side);
        blankRows = new BlankRows(layers, DigitImage.Side);
        for (int place = 0; place < layers.All.Count; place++)
        {
            RecurrentLayer layer = layers.All[place];
            string suffix = $"l{place / layers.Directions}{(layer.IsReverse ? "_reverse" : "")}";
            long gates = (long)kernel.GateCount * settings.HiddenSize;
            Add($"weight_ih_{suffix}", gates, layer.Shape.InputSize);
            Add($"weight_hh_{suffix}", gates, settings.HiddenSize);
            Add($"bias_ih_{suffix}", gates);
            Add($"bias_hh_{suffix}", gates);
        }
    }

    /// <summary>Numbers that come out for each image.</summary>
    public int FeatureCount => layers.Directions * layers.HiddenSize;

    /// <summary>What dropout draws from at the next forward pass while training.</summary>
    public ulong DropoutSeed { get; set; }

    public override Tensor forward(Tensor images)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor input = images.contiguous();
        return (training && is_grad_enabled()
            ? RecurrentFunction.apply([this, input, .. weights])
            : Infer(input)).MoveToOuterDisposeScope();
    }

    /// <summary>The last layer's hidden states after each row of one image: [1, 28, 28] to [28, directions · hidden].</summary>
    public Tensor Trace(Tensor image)
    {
        RecurrentBatch batch = batches.Rent(images: 1, remembers: false);
        Tensor states = Forward(image, batch, default, everyStep: true);
        batches.Return(batch);
        return states;
    }

    /// <inheritdoc />
    public override void train(bool on = true)
    {
        // While training, weights are packed for each batch; afterwards, at the first one.
        WeightsChanged();
        base.train(on);
    }

    /// <summary>Weights were set from outside: the next forward pass must not use those that were packed before.</summary>
    public void WeightsChanged() => packedIsCurrent = false;

    /// <summary>A forward pass that remembers what a backward pass needs.</summary>
    internal (Tensor Features, RecurrentPass Pass) ForwardToLearn(Tensor images)
    {
        RecurrentBatch batch = batches.Rent((int)images.shape[0], remembers: true);
        DropoutMask mask = Mask();
        return (Forward(images, batch, mask), new RecurrentPass(this, batch, mask));
    }

    /// <summary>The backward pass.</summary>
    /// <returns>The gradients of the weights, in their order.</returns>
    internal List<Tensor> Backward(RecurrentPass pass, Tensor featureGradient)
    {
        RecurrentBatch batch = pass.Take();
        List<Tensor> gradients = [.. weights.Select(weight => empty(weight.shape))];
        using Tensor contiguous = featureGradient.contiguous();
        batch.Backward(new RecurrentFeatures(NativeTensor.Pointer(contiguous), FeatureCount), pass.Dropout, Native(gradients));
        GC.KeepAlive(contiguous);
        batches.Return(batch);
        return gradients;
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            batches.Dispose();
            blankRows.Dispose();
            layers.Dispose();
        }

        base.Dispose(disposing);
    }

    private Tensor Infer(Tensor images)
    {
        RecurrentBatch batch = batches.Rent((int)images.shape[0], remembers: false);
        Tensor features = Forward(images, batch, Mask());
        batches.Return(batch);
        return features;
    }

    private Tensor Forward(Tensor images, RecurrentBatch batch, DropoutMask mask, bool everyStep = false)
    {
        if (training || !packedIsCurrent)
        {
            layers.Pack(Native(weights));
            packedIsCurrent = true;
            if (!training)
            {
                blankRows.Calculate();
            }
        }

        int count = (int)images.shape[0];
        float* pixels = NativeTensor.Pointer(images);
        Sequence input = readsColumns
            ? new Sequence(pixels, 1, DigitImage.PixelCount, DigitImage.Side)
            : new Sequence(pixels, DigitImage.Side, DigitImage.PixelCount);
        Tensor features = empty(everyStep ? DigitImage.Side : count, FeatureCount);
        batch.Forward(count, input, new RecurrentFeatures(NativeTensor.Pointer(features), FeatureCount, everyStep), mask, training || everyStep ? null : blankRows);
        GC.KeepAlive(images);
        return features;
    }

    private void Add(string name, params long[] shape)
    {
        Parameter parameter = new(zeros(shape));
        register_parameter(name, parameter);
        weights.Add(parameter);
    }

    private static LayerWeights[] Native(IReadOnlyList<Tensor> tensors) =>
        [.. tensors.Select(tensor => (nint)NativeTensor.Pointer(tensor)).Chunk(WeightsOfALayer).Select(layer => new LayerWeights
        {
            Input = (float*)layer[0],
            Hidden = (float*)layer[1],
            InputBias = (float*)layer[2],
            HiddenBias = (float*)layer[3],
        })];

    private DropoutMask Mask() => training ? new DropoutMask(dropout, DropoutSeed) : default;
}
