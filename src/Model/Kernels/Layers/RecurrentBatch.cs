using RnnService.Model.Kernels.Products;
using RnnService.Model.Kernels.Threads;

namespace RnnService.Model.Kernels.Layers;

/// <summary>
/// The forward and backward pass of a batch through all layers and directions. It owns the native memory for them, which is reused for the next batch: allocating tens
/// of megabytes for each batch would take longer than computing a layer.
/// </summary>
internal sealed unsafe class RecurrentBatch : IDisposable
{
    // Measured: for larger batches, distributing the images among the cores is faster than distributing the units.
    private const int MaxImagesByUnits = 64;

    private readonly RecurrentLayers layers;
    private readonly int steps;
    private readonly bool keepsAllSteps;
    private readonly LayerMemory[] memories;
    private readonly NativeFloats[] outputs;
    private readonly NativeFloats[] outputGradients;

    /// <param name="layers">The layers.</param>
    /// <param name="images">Number of images; the maximum number if not all steps are kept.</param>
    /// <param name="steps">Time steps of an image.</param>
    /// <param name="keepsAllSteps">Whether to keep all steps, which a backward pass needs.</param>
    public RecurrentBatch(RecurrentLayers layers, int images, int steps, bool keepsAllSteps)
    {
        this.layers = layers;
        this.steps = steps;
        this.keepsAllSteps = keepsAllSteps;
        Images = images;
        long width = layers.Directions * layers.HiddenSize;
        memories = [.. layers.All.Select(layer => new LayerMemory(layer.Shape, images, steps, keepsAllSteps))];
        outputs = [.. Enumerable.Range(0, layers.Count - 1).Select(_ => new NativeFloats(images * steps * width))];
        outputGradients = keepsAllSteps ? [.. outputs.Select(_ => new NativeFloats(images * steps * width))] : [];
    }

    /// <summary>Number of images; the maximum number if not all steps are kept.</summary>
    public int Images { get; }

    /// <summary>Whether the memory can be reused for another batch.</summary>
    public bool Fits(int images, bool allSteps) => allSteps == keepsAllSteps && (keepsAllSteps ? images == Images : images <= Images);

    /// <summary>Computes the forward pass of all images, distributed among the cores.</summary>
    /// <param name="images">Number of images.</param>
    /// <param name="input">The images.</param>
    /// <param name="features">Receives the last layer's hidden states.</param>
    /// <param name="dropout">The dropout mask of all layers' hidden states.</param>
    /// <param name="blankRows">The states after blank rows, which are then skipped; null to compute every step.</param>
    public void Forward(int images, Sequence input, RecurrentFeatures features, DropoutMask dropout, BlankRows? blankRows = null)
    {
        int firstStep = blankRows?.Count(input, images) ?? 0;
        for (int i = 0; i < memories.Length; i++)
        {
            blankRows?.Restore(i, firstStep, memories[i], images);
        }

        if (!keepsAllSteps && images <= MaxImagesByUnits && ParallelSteps.CoresAreFree)
        {
            ForwardByUnits(images, input, features, dropout, firstStep);
        }
        else
        {
            ParallelRanges.Run(images, Tile.Rows, (first, count) => ForwardImages(input, features, dropout, firstStep, first, count));
        }
    }

    /// <summary>The memory of a layer in one direction.</summary>
    public LayerMemory Memory(int index) => memories[index];

    /// <summary>Computes the forward pass of a range of images.</summary>
    /// <param name="input">The images.</param>
    /// <param name="features">Receives the last layer's hidden states.</param>
    /// <param name="dropout">The dropout mask of all layers' hidden states.</param>
    /// <param name="firstStep">The first step to compute.</param>
    /// <param name="firstImage">The first image.</param>
    /// <param name="count">Number of images.</param>
    public void ForwardImages(Sequence input, RecurrentFeatures features, DropoutMask dropout, int firstStep, int firstImage, int count)
    {
        for (int i = 0; i < memories.Length; i++)
        {
            layers.Kernel.Forward(layers.All[i], memories[i], Input(i, input), Output(i, outputs, features, dropout), firstStep, firstImage, count);
        }
    }

    /// <summary>Computes the backward pass of a range of images, up to the gradients of the pre-activations.</summary>
    /// <param name="features">Gradients of the last layer's hidden states.</param>
    /// <param name="dropout">The dropout mask of the forward pass.</param>
    /// <param name="firstImage">The first image.</param>
    /// <param name="count">Number of images.</param>
    public void BackwardImages(RecurrentFeatures features, DropoutMask dropout, int firstImage, int count)
    {
        foreach (NativeFloats gradient in outputGradients)
        {
            Clear(gradient, firstImage, count);
        }

        for (int i = memories.Length - 1; i >= 0; i--)
        {
            int level = i / layers.Directions;
            Sequence inputGradient = level == 0 ? default : Intermediate(outputGradients[level - 1]);
            layers.Kernel.Backward(layers.All[i], memories[i], Output(i, outputGradients, features, dropout), inputGradient, firstImage, count);
        }
    }

    /// <summary>Computes the gradients of the weights of a range of pre-activations of each layer, after the backward pass of all images.</summary>
    /// <param name="gradients">Receives the gradients of each layer's weights.</param>
    /// <param name="firstGate">The first pre-activation.</param>
    /// <param name="count">Number of pre-activations.</param>
    public void WeightGradients(IReadOnlyList<LayerWeights> gradients, int firstGate, int count)
    {
        for (int i = 0; i < memories.Length; i++)
        {
            RecurrentLayer layer = layers.All[i];
            layers.Kernel.AccumulateWeightGradients(layer, memories[i], firstGate, count);
            layer.Shape.UnpackGradients(memories[i].WeightGradients, gradients[i], firstGate, count);
        }
    }

    public void Dispose()
    {
        foreach (IDisposable memory in (IEnumerable<IDisposable>)[.. memories, .. outputs, .. outputGradients])
        {
            memory.Dispose();
        }
    }

    /// <summary>
    /// Distributes the units among the cores, step by step: for small batches, whose images cannot be distributed evenly. Each core then needs only the weights of its
    /// units, which fit into its cache.
    /// </summary>
    private void ForwardByUnits(int images, Sequence input, RecurrentFeatures features, DropoutMask dropout, int firstStep)
    {
        int panels = layers.All[0].Shape.Units / LayerShape.WidestPanel;
        int blocks = Math.Min(ParallelRanges.Cores, panels);

        // Stage 0 of each layer loads the input of its first step; each further stage computes a step and loads the input of the next one.
        int stages = steps - firstStep + 1;
        ParallelSteps.Run(memories.Length * stages, blocks, (stage, block) =>
        {
            (int i, int step) = (stage / stages, firstStep + (stage % stages) - 1);
            if (step >= firstStep)
            {
                int first = panels * block / blocks * LayerShape.WidestPanel;
                int end = panels * (block + 1) / blocks * LayerShape.WidestPanel;
                layers.Kernel.Step(layers.All[i], memories[i], Output(i, outputs, features, dropout), step, 0, images, first, end - first);
            }

            // The input of the next step is stored in the next state, which no other block reads in this stage.
            if (block == 0 && step + 1 < steps)
            {
                layers.Kernel.LoadInput(layers.All[i], memories[i], Input(i, input), step + 1, 0, images);
            }
        });
    }

    /// <summary>The input of a layer: the images, or the output of the layer below.</summary>
    private Sequence Input(int index, Sequence images) => index < layers.Directions ? images : Intermediate(outputs[(index / layers.Directions) - 1]);

    /// <summary>The output of a layer: an intermediate sequence, or its part of the features.</summary>
    private LayerOutput Output(int index, NativeFloats[] intermediate, RecurrentFeatures features, DropoutMask dropout)
    {
        int level = index / layers.Directions;
        bool isTop = level == layers.Count - 1;
        Sequence all = isTop ? features.States : Intermediate(intermediate[level]);
        return new LayerOutput(all.From(index % layers.Directions * layers.HiddenSize), onlyLast: isTop && !features.EveryStep, dropout.Of(index), Images, Width);
    }

    private int Width => layers.Directions * layers.HiddenSize;

    private Sequence Intermediate(NativeFloats floats) => new(floats.Data, (nint)Images * Width, Width);

    private void Clear(NativeFloats floats, int firstImage, int count)
    {
        for (int time = 0; time < steps; time++)
        {
            new Span<float>(Intermediate(floats).At(time, firstImage), count * Width).Clear();
        }
    }
}
