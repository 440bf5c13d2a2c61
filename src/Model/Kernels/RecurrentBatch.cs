namespace RnnService.Model.Kernels;

/// <summary>
/// A batch's forward pass through all layers and directions, and its backward pass. It owns the native memory for that, which is used again for the next batch: to ask
/// the system for tens of megabytes anew each time would take longer than a layer.
/// </summary>
internal sealed unsafe class RecurrentBatch : IDisposable
{
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
    /// <param name="features">[images, directions · hidden]: the last layer's hidden states after their last step.</param>
    /// <param name="dropout">What is dropped of each layer's hidden states.</param>
    public void Forward(int images, Sequence input, float* features, DropoutMask dropout) =>
        CoreShares.Run(images, Tile.Rows, (first, count) =>
        {
            for (int i = 0; i < memories.Length; i++)
            {
                int level = i / layers.Directions;
                Sequence below = level == 0 ? input : Between(outputs[level - 1]);
                layers.Kernel.Forward(layers.All[i], memories[i], below, Output(i, outputs, features, dropout), first, count);
            }
        });

    /// <summary>The backward pass, to the gradients of the weights.</summary>
    /// <param name="features">The gradients of the features.</param>
    /// <param name="dropout">What was dropped.</param>
    /// <param name="gradients">Where the gradients of each layer's weights go.</param>
    public void Backward(float* features, DropoutMask dropout, IReadOnlyList<LayerWeights> gradients)
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

    /// <summary>Where the layer at a place puts its hidden states: between two layers, or among the features.</summary>
    private LayerOutput Output(int place, NativeFloats[] between, float* features, DropoutMask dropout)
    {
        int level = place / layers.Directions;
        bool isTop = level == layers.Count - 1;
        Sequence all = isTop ? new Sequence(features, 0, Width) : Between(between[level]);
        return new LayerOutput(all.From(place % layers.Directions * layers.HiddenSize), isTop, dropout.Of(place));
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
