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
    private readonly bool readsColumns;
    private readonly RecurrentLayers layers;
    private readonly List<Parameter> weights = [];
    private readonly double dropout;
    private bool packedIsCurrent;
    private RecurrentBatch? idle;

    public RecurrentStack(string name, NetworkSettings settings, bool readsColumns, RecurrentKernel kernel)
        : base(name)
    {
        this.readsColumns = readsColumns;
        dropout = settings.Dropout;
        layers = new RecurrentLayers(kernel, DigitImage.Side, settings.HiddenSize, settings.Layers, settings.Bidirectional ? 2 : 1);
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
    public ulong NoiseSeed { get; set; }

    public override Tensor forward(Tensor images)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor input = images.contiguous();
        return (training && is_grad_enabled()
            ? RecurrentFunction.apply([this, input, .. weights])
            : Infer(input)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public override void train(bool on = true)
    {
        // Between the two modes weights may have been set anew.
        packedIsCurrent = false;
        base.train(on);
    }

    /// <summary>Goes forward and keeps what the way back needs.</summary>
    internal (Tensor Features, RecurrentPass Pass) Begin(Tensor images)
    {
        RecurrentPass pass = new(this, Rent((int)images.shape[0], remembers: true), new DropoutMask(dropout, NoiseSeed));
        return (Forward(images, pass.Batch, pass.Dropout), pass);
    }

    /// <summary>Goes back.</summary>
    /// <returns>The gradients of the weights, in their order.</returns>
    internal List<Tensor> Finish(RecurrentPass pass, Tensor featureGradient)
    {
        List<Tensor> gradients = [.. weights.Select(weight => empty(weight.shape))];
        using Tensor contiguous = featureGradient.contiguous();
        pass.Batch.Backward(NativeTensor.Floats(contiguous), pass.Dropout, Native(gradients));
        GC.KeepAlive(contiguous);
        Return(pass.Batch);
        return gradients;
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            idle?.Dispose();
            layers.Dispose();
        }

        base.Dispose(disposing);
    }

    private Tensor Infer(Tensor images)
    {
        RecurrentBatch batch = Rent((int)images.shape[0], remembers: false);
        Tensor features = Forward(images, batch, default);
        Return(batch);
        return features;
    }

    private Tensor Forward(Tensor images, RecurrentBatch batch, DropoutMask mask)
    {
        if (training || !packedIsCurrent)
        {
            layers.Pack(Native(weights));
            packedIsCurrent = true;
        }

        int count = (int)images.shape[0];
        float* pixels = NativeTensor.Floats(images);
        Sequence input = readsColumns
            ? new Sequence(pixels, 1, DigitImage.PixelCount, DigitImage.Side)
            : new Sequence(pixels, DigitImage.Side, DigitImage.PixelCount);
        Tensor features = empty(count, FeatureCount);
        batch.Forward(count, input, NativeTensor.Floats(features), mask);
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
        [.. tensors.Select(tensor => (nint)NativeTensor.Floats(tensor)).Chunk(4).Select(layer => new LayerWeights
        {
            Input = (float*)layer[0],
            Hidden = (float*)layer[1],
            InputBias = (float*)layer[2],
            HiddenBias = (float*)layer[3],
        })];

    private RecurrentBatch Rent(int images, bool remembers)
    {
        RecurrentBatch? batch = Interlocked.Exchange(ref idle, null);
        if (batch?.Fits(images, remembers) == true)
        {
            return batch;
        }

        batch?.Dispose();
        return new RecurrentBatch(layers, images, DigitImage.Side, remembers);
    }

    private void Return(RecurrentBatch batch) => Interlocked.Exchange(ref idle, batch)?.Dispose();
}
