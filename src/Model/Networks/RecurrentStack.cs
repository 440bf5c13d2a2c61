using System.Runtime.ExceptionServices;
using RnnService.Model.Architecture;
using RnnService.Model.Kernels.Layers;
using RnnService.Model.Kernels.Products;
using RnnService.Model.Kernels.Threads;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnService.Model.Networks;

/// <summary>
/// The recurrent layers of a network, for torch: float32 [N, 28, 28] to the last layers' last hidden states, [N, features], one module after the other. The computation runs on custom
/// kernels. Each pass of a training distributes its work among the cores once for all modules: waiting for each other after each module would take a considerable part of the time of a small one.
/// </summary>
internal sealed unsafe class RecurrentStack : IDisposable
{
    private readonly RecurrentImageLayers[] modules;
    private readonly int moduleFeatures;
    private readonly int featureCount;
    private readonly Parameter[] weights;
    private readonly double dropout;
    private ExceptionDispatchInfo? backwardFault;

    /// <param name="shapes">The modules, which differ only in their names and in whether they read columns.</param>
    /// <param name="dropout">Fraction of the hidden states that is dropped during training.</param>
    /// <param name="kernel">The kernel of their cells.</param>
    public RecurrentStack(IReadOnlyList<RecurrentShape> shapes, double dropout, RecurrentKernel kernel)
    {
        this.dropout = dropout;
        modules = [.. shapes.Select(shape => new RecurrentImageLayers(shape, kernel))];
        moduleFeatures = shapes[0].FeatureCount;
        featureCount = shapes.Count * moduleFeatures;
        Modules = [.. shapes.Select(shape => new RecurrentWeights(shape))];
        weights = [.. Modules.SelectMany(module => module.All)];
    }

    /// <summary>The weights of each module.</summary>
    public IReadOnlyList<RecurrentWeights> Modules { get; }

    /// <summary>Seed of the dropout in the next forward pass during training.</summary>
    public ulong DropoutSeed { get; set; }

    /// <summary>Computes the features of images.</summary>
    /// <param name="images">Float32 [N, 28, 28] from 0 to 1.</param>
    /// <param name="training">Whether values are dropped.</param>
    public Tensor Features(Tensor images, bool training)
    {
        TakeBackwardFault()?.Throw();
        using DisposeScope scope = NewDisposeScope();
        Tensor input = images.contiguous();
        return (training && is_grad_enabled()
            ? RecurrentFunction.apply([this, input, .. weights])
            : Infer(input, Masks(training))).MoveToOuterDisposeScope();
    }

    /// <summary>A forward pass that keeps what a backward pass needs.</summary>
    public (Tensor Features, RecurrentPass Pass) ForwardForTraining(Tensor images)
    {
        Pack();
        DropoutMask[] masks = Masks(training: true);
        int count = (int)images.shape[0];
        float* pixels = NativeTensor.Pointer(images);
        Tensor features = empty(count, featureCount);
        RecurrentFeatures target = new(NativeTensor.Pointer(features), featureCount);
        RecurrentBatch[] batches = Array.ConvertAll(modules, module => module.Rent(count));
        ParallelRanges.Run(count, Tile.Rows, (first, share) =>
        {
            for (int i = 0; i < modules.Length; i++)
            {
                batches[i].ForwardImages(modules[i].Steps(pixels), target.From(i * moduleFeatures), masks[i], firstStep: 0, first, share);
            }
        });
        GC.KeepAlive(images);
        return (features, new RecurrentPass(this, batches, masks));
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
            Backward(pass.TakeBatches(), new RecurrentFeatures(NativeTensor.Pointer(contiguous), featureCount), pass.Dropout, Native(gradients));
            GC.KeepAlive(contiguous);
        }
        catch (Exception exception)
        {
            backwardFault = ExceptionDispatchInfo.Capture(exception);
            gradients.ForEach(gradient => gradient.fill_(float.NaN));
            gradients.AddRange(Enumerable.Repeat<Tensor>(null!, weights.Length - gradients.Count));
        }

        return gradients;
    }

    /// <summary>Returns the exception of the last backward pass and clears it; null if there was none.</summary>
    public ExceptionDispatchInfo? TakeBackwardFault() => Interlocked.Exchange(ref backwardFault, null);

    /// <inheritdoc />
    public void Dispose()
    {
        Array.ForEach(modules, module => module.Dispose());
        foreach (RecurrentWeights module in Modules)
        {
            module.Dispose();
        }
    }

    private void Backward(RecurrentBatch[] batches, RecurrentFeatures features, IReadOnlyList<DropoutMask> masks, LayerWeights[][] gradients)
    {
        ParallelRanges.Run(batches[0].Images, Tile.Rows, (first, share) =>
        {
            for (int i = 0; i < modules.Length; i++)
            {
                batches[i].BackwardImages(features.From(i * moduleFeatures), masks[i], first, share);
            }
        });
        ParallelRanges.Run(modules[0].Layers.GateColumns, Tile.Rows, (first, share) =>
        {
            for (int i = 0; i < modules.Length; i++)
            {
                batches[i].WeightGradients(gradients[i], first, share);
            }
        });
        for (int i = 0; i < modules.Length; i++)
        {
            modules[i].Return(batches[i]);
        }
    }

    private Tensor Infer(Tensor images, DropoutMask[] masks)
    {
        Pack();
        int count = (int)images.shape[0];
        Tensor features = empty(count, featureCount);
        RecurrentFeatures target = new(NativeTensor.Pointer(features), featureCount);
        for (int i = 0; i < modules.Length; i++)
        {
            modules[i].Infer(NativeTensor.Pointer(images), count, target.From(i * moduleFeatures), masks[i]);
        }

        GC.KeepAlive(images);
        return features;
    }

    /// <summary>Weights are packed for each pass: torch may have changed them since the last one.</summary>
    private void Pack()
    {
        LayerWeights[][] sources = Native(weights);
        ParallelRanges.Run(modules[0].Layers.GateColumns, LayerShape.WidestPanel, (first, share) =>
        {
            for (int i = 0; i < modules.Length; i++)
            {
                modules[i].Layers.Pack(sources[i], first, share);
            }
        });
    }

    /// <summary>Pointers to the weights, or to their gradients, of each module.</summary>
    private LayerWeights[][] Native(IReadOnlyList<Tensor> tensors) =>
        [.. tensors.Select(tensor => (nint)NativeTensor.Pointer(tensor)).Chunk(RecurrentShape.WeightsPerLayer).Select(LayerWeights.From).Chunk(modules[0].Layers.All.Count)];

    private DropoutMask[] Masks(bool training) =>
        [.. modules.Select((_, i) => training ? new DropoutMask(dropout, unchecked(DropoutSeed + ((ulong)i << 32))) : default)];
}
