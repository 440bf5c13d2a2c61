using RnnService.Model.Architecture;
using RnnService.Model.SafeTensors;

namespace RnnService.Model.Training;

/// <summary>
/// Directions of the features of typical images: the centers of each digit's images by spherical k-means. Source: Dhillon and Modha, "Concept Decompositions for Large Sparse
/// Text Data using Clustering", 2001.
/// </summary>
internal static class FeaturePrototypes
{
    private const int PerDigit = 20;
    private const int Iterations = 10;

    /// <summary>Finds up to 20 prototypes for each digit, in the order of the digits.</summary>
    /// <param name="features">For each image, its features, which are scaled to length 1 in place.</param>
    /// <param name="labels">For each image, its digit.</param>
    /// <param name="cancellation">Stops between two iterations.</param>
    /// <returns>[prototypes, features], each of length 1.</returns>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public static NamedTensor Find(IReadOnlyList<float[]> features, IReadOnlyList<byte> labels, CancellationToken cancellation)
    {
        foreach (float[] image in features)
        {
            Normalize(image);
        }

        float[][] prototypes = [.. features.Zip(labels).GroupBy(image => image.Second, image => image.First).OrderBy(digit => digit.Key).SelectMany(digit => Centers([.. digit], cancellation))];
        return new NamedTensor(Calibration.PrototypesName, [prototypes.Length, features[0].Length], prototypes.SelectMany(values => values).ToArray());
    }

    private static float[][] Centers(float[][] images, CancellationToken cancellation)
    {
        // Starts from the first images, not from random ones, so that the result is deterministic.
        float[][] centers = [.. images.Take(PerDigit)];
        for (int i = 0; i < Iterations; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            ILookup<int, float[]> nearest = images.ToLookup(image => Nearest(centers, image));
            centers = [.. centers.Select((center, index) => nearest.Contains(index) ? Center(nearest[index]) : center)];
        }

        return centers;
    }

    private static int Nearest(float[][] centers, float[] image)
    {
        (int best, float highest) = (0, float.NegativeInfinity);
        for (int i = 0; i < centers.Length; i++)
        {
            float product = Product(centers[i], image);
            (best, highest) = product > highest ? (i, product) : (best, highest);
        }

        return best;
    }

    private static float[] Center(IEnumerable<float[]> images)
    {
        float[]? sum = null;
        foreach (float[] image in images)
        {
            sum ??= new float[image.Length];
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] += image[i];
            }
        }

        Normalize(sum!);
        return sum!;
    }

    private static void Normalize(float[] values)
    {
        float length = MathF.Sqrt(Product(values, values));
        if (length > 0)
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] /= length;
            }
        }
    }

    private static float Product(float[] left, float[] right)
    {
        float sum = 0;
        for (int i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }
}
