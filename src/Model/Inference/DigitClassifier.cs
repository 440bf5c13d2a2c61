using RnnService.Model.Data;
using RnnService.Model.Images;
using RnnService.Model.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnService.Model.Inference;

/// <summary>Answers with a trained network, which it owns. For one thread at a time.</summary>
public sealed class DigitClassifier : IDisposable
{
    private readonly DigitNetwork network;

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
    public IReadOnlyList<Prediction> Classify(IReadOnlyList<DigitImage> images)
    {
        using IDisposable inference = inference_mode();
        using DisposeScope scope = NewDisposeScope();
        Tensor logits = network.call(DigitTensors.Images(images.Count, i => images[i].Pixels));
        float[] probabilities = logits.softmax(1).data<float>().ToArray();
        return [.. probabilities.Chunk(DigitNetwork.ClassCount).Select(row => new Prediction(row, Model))];
    }

    /// <inheritdoc />
    public void Dispose() => network.Dispose();
}
