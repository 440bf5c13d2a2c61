using RnnService.Model.Images;

namespace RnnService.Model.Inference;

/// <summary>A network with an identity and shared ownership. Not thread-safe, except for <see cref="Share"/> and <see cref="Dispose"/>.</summary>
/// <param name="network">The network, which the classifier owns.</param>
/// <param name="model">Identifies the network in predictions.</param>
public sealed class DigitClassifier(IInferenceNetwork network, ModelIdentity model) : IDisposable
{
    private int owners = 1;

    /// <summary>Identifies the network in predictions.</summary>
    public ModelIdentity Model { get; } = model;

    /// <summary>Classifies images in one forward pass.</summary>
    /// <param name="images">One or more images.</param>
    /// <returns>One prediction for each image, in the same order.</returns>
    public IReadOnlyList<Prediction> Classify(IReadOnlyList<IDigit> images) =>
        [.. network.Classify(images).Select(Predict)];

    /// <summary>Classifies one image, with the probabilities after each row.</summary>
    /// <param name="image">The image.</param>
    public Prediction Trace(IDigit image) => Predict(network.Trace(image));

    /// <summary>Classifies images, some of them with the probabilities after each row, in one forward pass if the network reads rows in order.</summary>
    /// <param name="images">The images, and whether to trace them.</param>
    /// <returns>One prediction for each image, in the same order.</returns>
    public IReadOnlyList<Prediction> Classify(IReadOnlyList<(IDigit Image, bool Trace)> images)
    {
        (IReadOnlyList<Classification> classified, IReadOnlyList<IReadOnlyList<Classification>> traced) = network.ClassifyAndTrace(
            [.. images.Where(image => !image.Trace).Select(image => image.Image)],
            [.. images.Where(image => image.Trace).Select(image => image.Image)]);
        (int nextClassified, int nextTraced) = (0, 0);
        return [.. images.Select(image => image.Trace ? Predict(traced[nextTraced++]) : Predict(classified[nextClassified++]))];
    }

    /// <summary>Runs forward passes before the first request, so that memory is allocated and code is compiled.</summary>
    /// <param name="maxBatch">The largest batch that will be requested.</param>
    public void WarmUp(int maxBatch)
    {
        // Not a blank image: the states after blank rows are precomputed.
        DigitImage ink = new([.. Enumerable.Repeat(byte.MaxValue, DigitImage.PixelCount)]);
        Classify([.. Enumerable.Repeat(ink, maxBatch)]);
        Classify([ink]);
    }

    /// <summary>Adds an owner, which must also dispose the classifier. The network is disposed with the last owner. Only an owner may call this method.</summary>
    /// <returns>This instance.</returns>
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

    private Prediction Predict(Classification image) => new(image.Probabilities, image.IsDigit, Model);

    /// <param name="rows">The classification after each row.</param>
    private Prediction Predict(IReadOnlyList<Classification> rows) => Predict(rows[^1]) with { Trace = [.. rows.Select(row => row.Probabilities)] };
}
