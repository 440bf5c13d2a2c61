using RnnService.Benchmarks.Training.Contestants;

namespace RnnService.Benchmarks.Training.Reports;

/// <summary>A line for each recipe: the test accuracy of each seed, their mean, and what it took.</summary>
/// <param name="recipe">What the lines differ in.</param>
/// <param name="seeds">The seeds, each a column.</param>
internal sealed class AccuracyTable(string recipe, IEnumerable<int> seeds)
{
    private readonly MarkdownTable table = new(
        [recipe, "parameters", .. seeds.Select(seed => $"seed {seed}, %"), "mean, %", "median seconds", "median seconds without validation"]);

    /// <summary>Adds a line.</summary>
    /// <param name="name">The recipe's name.</param>
    /// <param name="runs">One for each seed, in the seeds' order.</param>
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
