using RnnService.Model.Kernels.Products;
using RnnService.Model.Kernels.Threads;

namespace RnnService.Model.Kernels.Layers;

/// <summary>
/// A batch's forward pass through all layers and directions, and its backward pass. It owns the native memory for that, which is used again for the next batch: to ask
/// the system for tens of megabytes anew each time would take longer than a layer.
/// </summary>
internal sealed unsafe class RecurrentBatch : IDisposable
{
    // Measured: with more images than that, each core does better with images of its own.
    private const int MaxImagesByUnits = 64;

    private readonly RecurrentLayers layers;
    private readonly int steps;
    private readonly bool remembers;
    private readonly LayerMemory[] memories;
    private readonly NativeFloats[] outputs;
    private readonly NativeFloats[] outputGradients;

    /// <param name="layers">What it goes through.</param>
    /// <param name="images">How many images there are, at the most when nothing is remembered.</param>
    /// <param name="steps">Steps of an image.</param>
    /// <param name="remembers">Whether there will be a backward pass.</param>
    public RecurrentBatch(RecurrentLayers layers, int images, int steps, bool remembers)
    {
        this.layers = layers;
        this.steps = steps;
        this.remembers = remembers;
        Images = images;
        long width = layers.Directions * layers.HiddenSize;
        memories = [.. layers.All.Select(layer => new LayerMemory(layer.Shape, images, steps, remembers))];
        outputs = [.. Enumerable.Range(0, layers.Count - 1).Select(_ => new NativeFloats(images * steps * width))];
        outputGradients = remembers ? [.. outputs.Select(_ => new NativeFloats(images * steps * width))] : [];
    }

    public int Images { get; }

    /// <summary>Whether this one will do for a batch.</summary>
    public bool Fits(int images, bool remembering) => remembering == remembers && (remembers ? images == Images : images <= Images);

    /// <summary>The forward pass.</summary>
    /// <param name="images">How many images there are.</param>
    /// <param name="input">The images.</param>
    /// <param name="features">Where the last layer's hidden states go.</param>
    /// <param name="dropout">What is dropped of each layer's hidden states.</param>
    /// <param name="blankRows">What is known after blank rows, so that they may be passed over; null when every step counts.</param>
    public void Forward(int images, Sequence input, RecurrentFeatures features, DropoutMask dropout, BlankRows? blankRows = null)
    {
        int firstStep = blankRows?.Count(input, images) ?? 0;
        for (int i = 0; i < memories.Length; i++)
        {
            blankRows?.Restore(i, firstStep, memories[i], images);
        }

        if (!remembers && images <= MaxImagesByUnits && CoreSteps.CoresAreFree)
        {
            ForwardByUnits(images, input, features, dropout, firstStep);
        }
        else
        {
            ForwardByImages(images, input, features, dropout, firstStep);
        }
    }

    /// <summary>What a layer in one direction has in native memory.</summary>
    public LayerMemory Memory(int place) => memories[place];

    /// <summary>The backward pass, to the gradients of the weights.</summary>
    /// <param name="features">The gradients of the last layer's hidden states.</param>
    /// <param name="dropout">What was dropped.</param>
    /// <param name="gradients">Where the gradients of each layer's weights go.</param>
    public void Backward(RecurrentFeatures features, DropoutMask dropout, IReadOnlyList<LayerWeights> gradients)
    {
        CoreShares.Run(Images, Tile.Rows, (first, count) =>
        {
            foreach (NativeFloats gradient in outputGradients)
            {
                Clear(gradient, first, count);
            }

            for (int i = memories.Length - 1; i >= 0; i--)
            {
                int level = i / layers.Directions;
                Sequence below = level == 0 ? default : Between(outputGradients[level - 1]);
                layers.Kernel.Backward(layers.All[i], memories[i], Output(i, outputGradients, features, dropout), below, first, count);
            }
        });

        for (int i = 0; i < memories.Length; i++)
        {
            LayerShape shape = layers.All[i].Shape;
            RecurrentLayer layer = layers.All[i];
            LayerMemory memory = memories[i];
            LayerWeights target = gradients[i];
            CoreShares.Run(shape.GateColumns, Tile.Rows, (first, count) =>
            {
                layers.Kernel.AccumulateWeightGradients(layer, memory, first, count);
                shape.TakeGradients(memory.WeightGradients, target, first, count);
            });
        }
    }

    public void Dispose()
    {
        foreach (IDisposable memory in (IEnumerable<IDisposable>)[.. memories, .. outputs, .. outputGradients])
        {
            memory.Dispose();
        }
    }

    /// <summary>Each core takes some images through all steps.</summary>
    private void ForwardByImages(int images, Sequence input, RecurrentFeatures features, DropoutMask dropout, int firstStep) =>
        CoreShares.Run(images, Tile.Rows, (first, count) =>
        {
            for (int i = 0; i < memories.Length; i++)
            {
                layers.Kernel.Forward(layers.All[i], memories[i], Input(i, input), Output(i, outputs, features, dropout), firstStep, first, count);
            }
        });

    /// <summary>
    /// Each core takes some of the units of all images through a step, and then through the next: for few images, which could not be shared evenly. A
    /// core then needs its units' weights only, which its own cache has room for.
    /// </summary>
    private void ForwardByUnits(int images, Sequence input, RecurrentFeatures features, DropoutMask dropout, int firstStep)
    {
        int panels = layers.All[0].Shape.Units / LayerShape.WidestPanel;
        int blocks = Math.Min(CoreShares.Cores, panels);
        int places = steps - firstStep + 1;
        CoreSteps.Run(memories.Length * places, blocks, (place, block) =>
        {
            (int i, int step) = (place / places, firstStep + (place % places) - 1);
            if (step >= firstStep)
            {
                int first = panels * block / blocks * LayerShape.WidestPanel;
                int end = panels * (block + 1) / blocks * LayerShape.WidestPanel;
                layers.Kernel.Step(layers.All[i], memories[i], Output(i, outputs, features, dropout), step, 0, images, first, end - first);
            }

            // The next step's input stands beside a hidden state that nobody reads yet.
            if (block == 0 && step + 1 < steps)
            {
                layers.Kernel.Begin(layers.All[i], memories[i], Input(i, input), step + 1, 0, images);
            }
        });
    }

    /// <summary>What goes into the layer at a place: the images, or what the layers below put between.</summary>
    private Sequence Input(int place, Sequence images) => place < layers.Directions ? images : Between(outputs[(place / layers.Directions) - 1]);

    /// <summary>Where the layer at a place puts its hidden states: between two layers, or among the features.</summary>
    private LayerOutput Output(int place, NativeFloats[] between, RecurrentFeatures features, DropoutMask dropout)
    {
        int level = place / layers.Directions;
        bool isTop = level == layers.Count - 1;
        Sequence all = isTop ? features.States : Between(between[level]);
        return new LayerOutput(all.From(place % layers.Directions * layers.HiddenSize), onlyLast: isTop && !features.EveryStep, dropout.Of(place));
    }

    private int Width => layers.Directions * layers.HiddenSize;

    private Sequence Between(NativeFloats floats) => new(floats.Data, (nint)Images * Width, Width);

    private void Clear(NativeFloats floats, int firstImage, int count)
    {
        for (int time = 0; time < steps; time++)
        {
            new Span<float>(Between(floats).At(time, firstImage), count * Width).Clear();
        }
    }
}
