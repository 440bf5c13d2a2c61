namespace RnnService.Model.Kernels.Layers;

/// <summary>The output of one layer in one direction, or its gradients.</summary>
/// <param name="states">The hidden states, by time and image.</param>
/// <param name="onlyLast">Whether the output is only the state after the last step.</param>
/// <param name="mask">The dropout mask of the output. A value's index in it does not depend on where the value is stored.</param>
/// <param name="images">Number of images for which there is memory.</param>
/// <param name="width">Values of an image at a time.</param>
internal readonly unsafe struct LayerOutput(Sequence states, bool onlyLast, DropoutMask mask, int images, int width)
{
    /// <summary>Writes a range of units of a hidden state to the output.</summary>
    public void Write(float* hidden, int firstUnit, int units, int time, int image, bool isLast)
    {
        if (onlyLast && !isLast)
        {
            return;
        }

        float* target = states.At(time, image);
        if (mask.IsEmpty)
        {
            new ReadOnlySpan<float>(hidden + firstUnit, units).CopyTo(new Span<float>(target + firstUnit, units));
            return;
        }

        for (int unit = firstUnit; unit < firstUnit + units; unit++)
        {
            target[unit] = mask.Apply(hidden[unit], Index(time, image) + unit);
        }
    }

    /// <summary>Adds the gradient of the output to that of a hidden state.</summary>
    public void AddGradient(float* gradient, int units, int time, int image, bool isLast)
    {
        if (onlyLast && !isLast)
        {
            return;
        }

        float* source = states.At(time, image);
        for (int unit = 0; unit < units; unit++)
        {
            gradient[unit] += mask.Apply(source[unit], Index(time, image) + unit);
        }
    }

    private nint Index(int time, int image) => ((onlyLast ? 0 : (nint)time * images) + image) * width;
}
