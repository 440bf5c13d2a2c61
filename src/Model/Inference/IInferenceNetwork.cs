using RnnService.Model.Images;

namespace RnnService.Model.Inference;

/// <summary>A network that classifies images. Not thread-safe.</summary>
public interface IInferenceNetwork : IDisposable
{
    /// <summary>Classifies images in one forward pass.</summary>
    /// <param name="images">One or more images.</param>
    /// <returns>For each image, the probabilities of the digits 0 to 9, which sum to 1.</returns>
    IReadOnlyList<float[]> Classify(IReadOnlyList<IDigit> images);

    /// <summary>Classifies one image after each of its 28 rows.</summary>
    /// <param name="image">The image.</param>
    /// <returns>For each row, the probabilities of the digits 0 to 9. The last ones are those of the whole image.</returns>
    IReadOnlyList<float[]> Trace(IDigit image);
}
