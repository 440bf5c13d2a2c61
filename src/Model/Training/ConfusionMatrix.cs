using RnnService.Model.Architecture;

namespace RnnService.Model.Training;

/// <summary>A confusion matrix of the ten digits. Immutable; two matrices with the same counts are equal.</summary>
public sealed record ConfusionMatrix
{
    private readonly int[][] counts;

    /// <summary>Copies the counts.</summary>
    /// <param name="counts">[10, 10]: number of images by true digit (row) and predicted digit (column).</param>
    /// <exception cref="ArgumentException">There are not 10 rows of 10 counts, or a count is negative.</exception>
    public ConfusionMatrix(IReadOnlyList<IReadOnlyList<int>> counts)
    {
        if (counts.Count != NetworkSettings.ClassCount || counts.Any(row => row.Count != NetworkSettings.ClassCount || row.Any(count => count < 0)))
        {
            throw new ArgumentException(
                $"A confusion matrix must have {NetworkSettings.ClassCount} rows of {NetworkSettings.ClassCount} non-negative counts.", nameof(counts));
        }

        this.counts = [.. counts.Select(row => row.ToArray())];
        Counts = Array.AsReadOnly([.. this.counts.Select(Array.AsReadOnly)]);
    }

    /// <summary>A matrix without images.</summary>
    public static ConfusionMatrix Empty { get; } = new([.. Enumerable.Repeat(new int[NetworkSettings.ClassCount], NetworkSettings.ClassCount)]);

    /// <summary>All counts, [10, 10]: number of images by true digit (row) and predicted digit (column).</summary>
    public IReadOnlyList<IReadOnlyList<int>> Counts { get; }

    /// <summary>Fraction of all images that are classified correctly, from 0 to 1; 0 without images.</summary>
    public double Accuracy
    {
        get
        {
            long images = counts.Sum(row => row.Sum(count => (long)count));
            return images == 0 ? 0 : (double)counts.Select((row, digit) => (long)row[digit]).Sum() / images;
        }
    }

    /// <summary>Fraction of a digit's images that are classified correctly, from 0 to 1; null if the digit has no images.</summary>
    /// <param name="digit">The true digit, from 0 to 9.</param>
    public double? ClassAccuracy(int digit)
    {
        long images = counts[digit].Sum(count => (long)count);
        return images == 0 ? null : (double)counts[digit][digit] / images;
    }

    /// <summary>Whether both matrices have the same counts.</summary>
    /// <param name="other">The other matrix.</param>
    public bool Equals(ConfusionMatrix? other) => other is not null && counts.Zip(other.counts).All(rows => rows.First.SequenceEqual(rows.Second));

    /// <inheritdoc />
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (int count in counts.SelectMany(row => row))
        {
            hash.Add(count);
        }

        return hash.ToHashCode();
    }
}
