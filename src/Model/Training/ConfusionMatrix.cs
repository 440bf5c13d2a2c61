namespace RnnService.Model.Training;

/// <summary>Stub.</summary>
public sealed record ConfusionMatrix(IReadOnlyList<IReadOnlyList<int>> Counts)
{
    /// <summary>Stub.</summary>
    public double Accuracy => Counts.Count * 0.5;

    /// <summary>Stub.</summary>
    public IReadOnlyList<double> ClassAccuracies => [.. Counts.Select(c => (double)c.Count)];
}
