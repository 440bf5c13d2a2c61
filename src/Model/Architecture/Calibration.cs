using RnnService.Model.SafeTensors;

namespace RnnService.Model.Architecture;

/// <summary>What was measured on a trained network: how far to trust its confidence, and what its features look like for images like those it learned.</summary>
/// <param name="Temperature">
/// What logits are divided by before softmax, so that nine in ten predictions with a confidence of 0.9 are correct. Greater than 0. Source: Guo, Pleiss, Sun and Weinberger, "On Calibration
/// of Modern Neural Networks", 2017.
/// </param>
/// <param name="MinFamiliarity">The smallest cosine similarity of an image's features to the nearest prototype, -1 to 1, at which the image counts as a digit.</param>
/// <param name="Prototypes">[prototypes, features]: directions of the features of typical training images, each of length 1.</param>
public sealed record Calibration(float Temperature, float MinFamiliarity, NamedTensor Prototypes)
{
    /// <summary>The name of <see cref="Prototypes"/> in a file.</summary>
    internal const string PrototypesName = "calibration.prototypes";

    /// <exception cref="InvalidDataException">A value is out of range, or the prototypes do not fit the network.</exception>
    internal void ThrowIfInvalid(int featureCount)
    {
        if (!(Temperature > 0 && float.IsFinite(Temperature)))
        {
            throw new InvalidDataException($"The temperature is {Temperature}, but it must be greater than 0.");
        }

        if (MinFamiliarity is not (>= -1 and <= 1))
        {
            throw new InvalidDataException($"The least familiarity is {MinFamiliarity}, but it must be from -1 to 1.");
        }

        Prototypes.ThrowUnlessShaped([Math.Max(1, Prototypes.Values.Length / featureCount), featureCount]);
    }
}
