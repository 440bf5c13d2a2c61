using RnnService.Model.Data;
using RnnService.Model.Images;
using RnnService.Model.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnService.Model.Inference;

/// <summary>Answers with a trained network, which it owns. For one thread at a time, but for <see cref="Share"/> and <see cref="Dispose"/>.</summary>
public sealed class DigitClassifier : IDisposable
{
    private readonly DigitNetwork network;
    private int owners = 1;

    /// <summary>Takes a network over and puts it into evaluation mode.</summary>
    /// <param name="network">The network; disposing of the classifier disposes of it.</param>
    /// <param name="model">What its answers are signed with.</param>
    public DigitClassifier(DigitNetwork network, ModelIdentity model)
    {
        this.network = network;
        Model = model;
        network.eval();
    }

    /// <summary>What the answers are signed with.</summary>
    public ModelIdentity Model { get; }

    /// <summary>Answers for all images in one forward pass.</summary>
    /// <param name="images">At least one.</param>
    /// <returns>One answer an image, in the same order.</returns>
    public IReadOnlyList<Prediction> Classify(IReadOnlyList<IDigit> images)
    {
        using IDisposable inference = inference_mode();
        using DisposeScope scope = NewDisposeScope();
        return [.. Probabilities(network.call(DigitTensors.Images(images))).Select(row => new Prediction(row, Model))];
    }

    /// <summary>Answers for one image, and tells what the network believed after each row.</summary>
    /// <param name="image">The image.</param>
    public Prediction Trace(IDigit image)
    {
        using IDisposable inference = inference_mode();
        using DisposeScope scope = NewDisposeScope();
        float[][] beliefs = [.. Probabilities(network.Trace(DigitTensors.Images([image])))];
        return new Prediction(beliefs[^1], Model, beliefs);
    }

    /// <summary>
    /// Has the network calculate before anybody waits for it: the first passes pack weights, take memory and have code compiled. On the calling thread
    /// torch calculates alone from then on: the cores are for the network's own kernels.
    /// </summary>
    /// <param name="maxBatch">The largest batch that will be asked for.</param>
    public void WarmUp(int maxBatch)
    {
        set_num_threads(1);

        // Not a blank image: of that, networks know most beforehand.
        DigitImage ink = new([.. Enumerable.Repeat(byte.MaxValue, DigitImage.PixelCount)]);
        Classify([.. Enumerable.Repeat(ink, maxBatch)]);
        Classify([ink]);
    }

    /// <summary>One more owner, who disposes of it as well; the last one to do so takes the network along. For who owns it already.</summary>
    /// <returns>Itself.</returns>
    public DigitClassifier Share()
    {
        Interlocked.Increment(ref owners);
        return this;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (Interlocked.Decrement(ref owners) == 0)
        {
            network.Dispose();
        }
    }

    private static IEnumerable<float[]> Probabilities(Tensor logits) => logits.softmax(1).data<float>().ToArray().Chunk(DigitNetwork.ClassCount);
}
