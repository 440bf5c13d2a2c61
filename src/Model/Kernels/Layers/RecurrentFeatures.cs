using RnnService.Model.Images;

namespace RnnService.Model.Kernels.Layers;

/// <summary>
/// The last layer's hidden states or their gradients, in native memory: [images, width] after the last time step of each image, or [images, 28, width] after every time
/// step.
/// </summary>
/// <param name="data">The first element.</param>
/// <param name="width">Distance between two rows, in floats.</param>
/// <param name="everyStep">Whether there is a row for each time step of an image.</param>
internal readonly unsafe struct RecurrentFeatures(float* data, int width, bool everyStep = false)
{
    public bool EveryStep => everyStep;

    /// <summary>The features without the first ones of each row.</summary>
    public RecurrentFeatures From(int first) => new(data + first, width, everyStep);

    public Sequence States => everyStep ? new Sequence(data, width, (nint)DigitImage.Side * width) : new Sequence(data, 0, width);
}
