namespace RnnService.Model.Kernels.Layers;

/// <summary>Where one layer in one direction puts its hidden states, or finds the gradients of what it put there.</summary>
/// <param name="states">The places, by time and image.</param>
/// <param name="onlyLast">Whether only the state after the last step is wanted.</param>
/// <param name="mask">What of them is dropped.</param>
internal readonly unsafe struct LayerOutput(Sequence states, bool onlyLast, DropoutMask mask)
{
    /// <summary>Puts some units of a hidden state where they are wanted.</summary>
    public void Put(float* hidden, int firstUnit, int units, int time, int image, bool isLast)
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
            target[unit] = mask.Apply(hidden[unit], states.Place(time, image) + unit);
        }
    }

    /// <summary>Adds the gradient of what was put there.</summary>
    public void AddGradient(float* gradient, int units, int time, int image, bool isLast)
    {
        if (onlyLast && !isLast)
        {
            return;
        }

        float* source = states.At(time, image);
        for (int unit = 0; unit < units; unit++)
        {
            gradient[unit] += mask.Apply(source[unit], states.Place(time, image) + unit);
        }
    }
}
