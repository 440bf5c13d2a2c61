using RnnService.Model.SafeTensors;

namespace RnnService.Model.Architecture;

/// <summary>What was measured on a trained network: how far to trust its confidence, and what its features look like for images like those it learned.</summary>
/// <param name="Temperature">
/// What the logits of typical images are divided by before softmax, so that nine in ten predictions with a confidence of 0.9 are correct. Greater than 0. Source: Guo, Pleiss, Sun and
/// Weinberger, "On Calibration of Modern Neural Networks", 2017.
/// </param>
/// <param name="TypicalSimilarity">The mean similarity of validation images: see <see cref="TemperatureFor"/>.</param>
/// <param name="TemperatureSlope">By which part of itself the temperature rises for each unit by which the similarity is below the typical one. 0 to 1000; 0 for a network of an earlier version.</param>
/// <param name="MinFamiliarity">The smallest familiarity at which an image counts as a digit.</param>
/// <param name="EnergyWeight">The weight of the logits in the familiarity. At least 0; 0 for a network of an earlier version.</param>
/// <param name="Prototypes">[prototypes, features]: directions of the features of typical training images, each of length 1.</param>
public sealed record Calibration(float Temperature, float TypicalSimilarity, float TemperatureSlope, float MinFamiliarity, float EnergyWeight, NamedTensor Prototypes)
{
    /// <summary>The name of <see cref="Prototypes"/> in a file.</summary>
    internal const string PrototypesName = "calibration.prototypes";

    // Beyond it, differences between two implementations in the last digit of a similarity would be visible.
    private const float MaxTemperatureSlope = 1_000;

    /// <summary>The temperature for an image: the less it is like those that the network learned, the less is its confidence worth.</summary>
    /// <param name="similarity">The cosine similarity of the image's features to the nearest prototype, -1 to 1.</param>
    internal float TemperatureFor(float similarity) => Temperature * MathF.Max(1, 1 + (TemperatureSlope * (TypicalSimilarity - similarity)));

    /// <summary>
    /// How much an image is like those that the network learned: its features say what it looks like, and its logits how much of a digit is in it. Source of the energy: Liu, Wang, Owens and
    /// Li, "Energy-based Out-of-distribution Detection", 2020.
    /// </summary>
    /// <param name="similarity">The cosine similarity of the image's features to the nearest prototype, -1 to 1.</param>
    /// <param name="energy">The logarithm of the sum of the exponentials of the image's logits, which are divided by the temperature of typical images before.</param>
    internal float Familiarity(float similarity, double energy) => (float)(similarity + (EnergyWeight * energy));

    /// <exception cref="InvalidDataException">A value is out of range, or the prototypes do not fit the network.</exception>
    internal void ThrowIfInvalid(int featureCount)
    {
        if (!(Temperature > 0 && float.IsFinite(Temperature)))
        {
            throw new InvalidDataException($"The temperature is {Temperature}, but it must be greater than 0.");
        }

        if (!float.IsFinite(TypicalSimilarity))
        {
            throw new InvalidDataException($"The typical similarity is {TypicalSimilarity}, but it must be finite.");
        }

        if (!(TemperatureSlope >= 0 && TemperatureSlope <= MaxTemperatureSlope))
        {
            throw new InvalidDataException($"The slope of the temperature is {TemperatureSlope}, but it must be from 0 to {MaxTemperatureSlope}.");
        }

        if (!float.IsFinite(MinFamiliarity))
        {
            throw new InvalidDataException($"The least familiarity is {MinFamiliarity}, but it must be finite.");
        }

        if (!(EnergyWeight >= 0 && float.IsFinite(EnergyWeight)))
        {
            throw new InvalidDataException($"The weight of the energy is {EnergyWeight}, but it must be at least 0.");
        }

        Prototypes.ThrowUnlessShaped([Math.Max(1, Prototypes.Values.Length / featureCount), featureCount]);
    }
}
