using RnnService.Model.Architecture;

namespace RnnService.Model.Training;

/// <summary>Which digit was told for which. Never changes; two with the same counts are equal.</summary>
public sealed record ConfusionMatrix
{
    private readonly int[][] counts;

    /// <summary>Takes a copy of the counts.</summary>
    /// <param name="counts">[10, 10]: how many images of a true digit (row) were told to be a digit (column).</param>
    /// <exception cref="ArgumentException">There are not 10 rows of 10, or a count is below 0.</exception>
    public ConfusionMatrix(IReadOnlyList<IReadOnlyList<int>> counts)
    {
        if (counts.Count != NetworkSettings.ClassCount || counts.Any(row => row.Count != NetworkSettings.ClassCount || row.Any(count => count < 0)))
        {
            throw new ArgumentException($"A confusion matrix has {NetworkSettings.ClassCount} rows of {NetworkSettings.ClassCount} counts, none below 0.", nameof(counts));
        }

        this.counts = [.. counts.Select(row => row.ToArray())];
        Counts = Array.AsReadOnly([.. this.counts.Select(Array.AsReadOnly)]);
    }

    /// <summary>Of no images at all.</summary>
    public static ConfusionMatrix Empty { get; } = new([.. Enumerable.Repeat(new int[NetworkSettings.ClassCount], NetworkSettings.ClassCount)]);

    /// <summary>All counts, [10, 10]: how many images of a true digit (row) were told to be a digit (column). Enough to make an equal matrix.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Counts { get; }

    /// <summary>Share of all images that are told right, 0 to 1; 0 when there are none.</summary>
    public double Accuracy
    {
        get
        {
            long images = counts.Sum(row => row.Sum(count => (long)count));
            return images == 0 ? 0 : (double)counts.Select((row, digit) => (long)row[digit]).Sum() / images;
        }
    }

    /// <summary>Share of one digit's images that are told right, 0 to 1; null when it has none, because then nobody knows.</summary>
    /// <param name="digit">The true digit, 0 to 9.</param>
    public double? ClassAccuracy(int digit)
    {
        long images = counts[digit].Sum(count => (long)count);
        return images == 0 ? null : (double)counts[digit][digit] / images;
    }

    /// <summary>Whether the other has the same counts.</summary>
    /// <param name="other">Another matrix.</param>
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
