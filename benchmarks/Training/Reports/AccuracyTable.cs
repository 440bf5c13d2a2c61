using RnnService.Benchmarks.Training.Contestants;

namespace RnnService.Benchmarks.Training.Reports;

/// <summary>A table of training runs, one row for each preset or network: test accuracy by seed, mean accuracy, and median times.</summary>
/// <param name="heading">The heading of the first column.</param>
/// <param name="seeds">The seeds, one column each.</param>
internal sealed class AccuracyTable(string heading, IEnumerable<int> seeds)
{
    private readonly MarkdownTable table = new(
        [heading, "parameters", .. seeds.Select(seed => $"seed {seed}, %"), "mean, %", "median seconds", "median seconds without validation"]);

    /// <summary>Adds a row.</summary>
    /// <param name="name">The name of the preset or network.</param>
    /// <param name="runs">One run per seed, in the order of the seeds.</param>
    public void Add(string name, IReadOnlyList<TrainingRun> runs) => table.Add(
        [
            name,
            $"{runs[0].Parameters:N0}",
            .. runs.Select(run => $"{100 * run.TestAccuracy:F2}"),
            $"{100 * runs.Average(run => run.TestAccuracy):F2}",
            $"{Median.Of(runs.Select(run => run.WallSeconds)):F1}",
            $"{Median.Of(runs.Select(run => run.TrainingSeconds)):F1}",
        ]);

    /// <summary>Writes the table to standard output.</summary>
    public void Print() => table.Print();
}
