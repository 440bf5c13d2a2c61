using RnnService.Model.Architecture;
using RnnService.Model.Data;
using RnnService.Model.Images;
using RnnService.Model.Inference;
using RnnService.Model.SafeTensors;

namespace RnnService.Model.Training;

/// <summary>Calibrates a trained network: on validation images, and with prototypes of training images that are augmented like those that it saw.</summary>
internal static class Calibrator
{
    /// <summary>Fraction of the validation images that count as no digits.</summary>
    private const double Refused = 0.002;

    /// <summary>By which part of itself the temperature rises for each standard deviation by which the similarity of an image is below that of validation images.</summary>
    private const double TemperatureRise = 0.07;

    /// <summary>The smallest standard deviation of the similarity that means something: a network whose features are all the same has only rounding errors.</summary>
    private const double MinDeviation = 1e-4;

    /// <summary>How much more the familiarity of validation images varies with their energy than with their similarity.</summary>
    private const double EnergyShare = 2;

    private const int MaxImages = 10_000;
    private const int BatchSize = 250;

    /// <summary>Calibrates a network. The result depends only on the network and the images.</summary>
    /// <param name="network">The network.</param>
    /// <param name="training">The images it was trained on.</param>
    /// <param name="validation">The images it was evaluated on.</param>
    /// <param name="augmenter">The augmentation of its training images.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>The calibrated network; the same network if there are no validation images.</returns>
    /// <exception cref="OperationCanceledException">The calibration was cancelled.</exception>
    public static NetworkFile Calibrate(NetworkFile network, DigitDataset training, DigitDataset validation, Augmenter augmenter, CancellationToken cancellation)
    {
        if (validation.Count == 0)
        {
            return network;
        }

        using CompiledNetwork plain = new(network);
        DigitImage[] known = [.. Enumerable.Range(0, Math.Min(training.Count, MaxImages)).Select(index => Augmented(training, augmenter, index))];
        DigitImage[] held = [.. Enumerable.Range(0, validation.Count).Select(index => new DigitImage(validation.Pixels(index)))];
        List<float[]> logits = InBatches(held, plain.Logits, cancellation);
        NamedTensor prototypes = FeaturePrototypes.Find(InBatches(known, plain.Features, cancellation), training.Labels[..known.Length].ToArray(), cancellation);
        Calibration calibration = new(Temperature: 1, TypicalSimilarity: 0, TemperatureSlope: 0, MinFamiliarity: 0, EnergyWeight: 0, prototypes);

        // Without a weight for the energy, familiarity is the similarity.
        using CompiledNetwork similar = new(network with { Calibration = calibration });
        List<float> similarities = InBatches(held, similar.Familiarity, cancellation);
        double deviation = Deviation([.. similarities]);
        calibration = calibration with { TypicalSimilarity = similarities.Average(), TemperatureSlope = deviation > MinDeviation ? (float)(TemperatureRise / deviation) : 0 };
        calibration = calibration with { Temperature = Temperature.Fit(logits, [.. similarities.Select(calibration.TemperatureFor)], validation.Labels.ToArray()) };

        double[] energies = [.. logits.Select(image => Softmax.LogSum(image, calibration.Temperature))];
        double energyDeviation = Deviation(energies);
        calibration = calibration with { EnergyWeight = energyDeviation > 0 ? (float)(EnergyShare * deviation / energyDeviation) : 0 };
        float[] familiarities = [.. similarities.Zip(energies, calibration.Familiarity).Order()];
        return network with { Calibration = calibration with { MinFamiliarity = familiarities[(int)(Refused * familiarities.Length)] } };
    }

    private static double Deviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }

    private static DigitImage Augmented(DigitDataset data, Augmenter augmenter, int index)
    {
        Span<byte> pixels = stackalloc byte[DigitImage.PixelCount];
        augmenter.Apply(data.Pixels(index), epoch: 1, index, data.Labels[index], pixels);
        return new DigitImage(pixels);
    }

    private static List<T> InBatches<T>(DigitImage[] images, Func<IReadOnlyList<IDigit>, IReadOnlyList<T>> compute, CancellationToken cancellation)
    {
        List<T> results = new(images.Length);
        foreach (DigitImage[] batch in images.Chunk(BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            results.AddRange(compute(batch));
        }

        return results;
    }
}
