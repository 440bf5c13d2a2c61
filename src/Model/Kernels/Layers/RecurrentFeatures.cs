namespace RnnService.Model.Kernels.Layers;

/// <summary>
/// Where the last layer's hidden states go, or their gradients come from, in native memory: [images, width] after each image's last step, or
/// [steps, width] after every step of one image.
/// </summary>
/// <param name="data">The first number.</param>
/// <param name="width">Numbers of all directions.</param>
/// <param name="everyStep">Whether it is every step of one image.</param>
internal readonly unsafe struct RecurrentFeatures(float* data, int width, bool everyStep = false)
{
    public bool EveryStep => everyStep;

    public Sequence States => everyStep ? new Sequence(data, width, 0) : new Sequence(data, 0, width);
}
