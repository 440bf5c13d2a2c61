namespace RnnService.Model.Kernels.Layers;

/// <summary>
/// The last layer's hidden states or their gradients, in native memory: [images, width] after the last time step of each image, or [steps, width] after every time step of
/// one image.
/// </summary>
/// <param name="data">The first element.</param>
/// <param name="width">Distance between two rows, in floats.</param>
/// <param name="everyStep">Whether the rows are the time steps of one image.</param>
internal readonly unsafe struct RecurrentFeatures(float* data, int width, bool everyStep = false)
{
    public bool EveryStep => everyStep;

    public Sequence States => everyStep ? new Sequence(data, width, 0) : new Sequence(data, 0, width);
}
