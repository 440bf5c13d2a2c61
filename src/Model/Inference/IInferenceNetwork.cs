using RnnService.Model.Images;

namespace RnnService.Model.Inference;

/// <summary>A network that classifies images. Not thread-safe.</summary>
public interface IInferenceNetwork : IDisposable
{
    /// <summary>Classifies images in one forward pass.</summary>
    /// <param name="images">One or more images.</param>
    /// <returns>One classification for each image, in the same order.</returns>
    IReadOnlyList<Classification> Classify(IReadOnlyList<IDigit> images);

    /// <summary>Classifies one image after each of its 28 rows.</summary>
    /// <param name="image">The image.</param>
    /// <returns>For each row, the classification after it. The last one is that of the whole image.</returns>
    IReadOnlyList<Classification> Trace(IDigit image);

    /// <summary>Classifies images, some of them after each of their 28 rows, in as few forward passes as the network allows: by default one for all images, and one for each traced image.</summary>
    /// <param name="images">The images to classify; may be empty.</param>
    /// <param name="traced">The images to classify after each row; may be empty.</param>
    /// <returns>For each image, and then for each traced image, what <see cref="Classify"/> and <see cref="Trace"/> return, bit for bit.</returns>
    (IReadOnlyList<Classification> Classified, IReadOnlyList<IReadOnlyList<Classification>> Traced) ClassifyAndTrace(IReadOnlyList<IDigit> images, IReadOnlyList<IDigit> traced) =>
        (images.Count == 0 ? [] : Classify(images), [.. traced.Select(Trace)]);
}
