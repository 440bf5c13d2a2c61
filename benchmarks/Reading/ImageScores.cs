using RnnService.Benchmarks.Reading.Sets;
using RnnService.Model.Inference;

namespace RnnService.Benchmarks.Reading;

/// <summary>What a calibrated network says about a set of images.</summary>
internal sealed class ImageScores
{
    private const int BatchSize = 250;
    private const int Bins = 15;

    private readonly List<(bool IsRight, float Confidence, bool IsRefused, float Familiarity)> images = [];

    public ImageScores(CompiledNetwork network, IEnumerable<LabeledImage> set)
    {
        foreach (LabeledImage[] batch in set.Chunk(BatchSize))
        {
            IReadOnlyList<Classification> classifications = network.Classify([.. batch.Select(one => one.Image)]);
            IReadOnlyList<float> familiarities = network.Familiarity([.. batch.Select(one => one.Image)]);
            for (int i = 0; i < batch.Length; i++)
            {
                (int digit, float confidence) = classifications[i].Probabilities.Index().MaxBy(probability => probability.Item);
                images.Add((digit == batch[i].Label, confidence, batch[i].IsSeveral || classifications[i].IsDigit == false, familiarities[i]));
            }
        }
    }

    /// <summary>For each image, whether it is classified correctly.</summary>
    public IEnumerable<bool> Correct => images.Select(image => image.IsRight);

    /// <summary>Fraction of the images that are classified correctly.</summary>
    public double Accuracy => Correct.Average(isCorrect => isCorrect ? 1.0 : 0);

    /// <summary>Fraction of the images that are not taken for digits.</summary>
    public double Refused => images.Average(image => image.IsRefused ? 1.0 : 0);

    /// <summary>
    /// The expected calibration error: the mean difference between confidence and accuracy in 15 bins of equal width, weighted by the number of images. Source: Guo, Pleiss, Sun and Weinberger,
    /// "On Calibration of Modern Neural Networks", 2017.
    /// </summary>
    public double CalibrationError => images
        .GroupBy(image => Math.Min((int)(image.Confidence * Bins), Bins - 1))
        .Sum(bin => Math.Abs(bin.Sum(image => image.Confidence - (image.IsRight ? 1 : 0)))) / images.Count;

    /// <summary>The area under the ROC curve: the probability that an image of this set is more familiar than one of the other set.</summary>
    public double Auroc(ImageScores others)
    {
        float[] sorted = [.. others.images.Select(image => image.Familiarity).Order()];
        return images.Average(image => CountBelow(sorted, image.Familiarity)) / sorted.Length;
    }

    /// <summary>Number of values below a value; equal ones count half.</summary>
    private static double CountBelow(float[] sorted, float value) => (LowerBound(sorted, value) + LowerBound(sorted, MathF.BitIncrement(value))) / 2.0;

    private static int LowerBound(float[] sorted, float value)
    {
        (int low, int high) = (0, sorted.Length);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = sorted[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
