namespace RnnService.Benchmarks.Training.Reports;

/// <summary>A table that can be pasted into docs/results.md.</summary>
/// <param name="columns">The heads of the columns.</param>
internal sealed class MarkdownTable(params IEnumerable<string> columns)
{
    private readonly List<string> lines = [Line(columns), Line(columns.Select(_ => "---")).Replace(" ", "", StringComparison.Ordinal)];

    /// <summary>Adds a line.</summary>
    /// <param name="cells">As many as there are columns.</param>
    public void Add(params IEnumerable<string> cells) => lines.Add(Line(cells));

    /// <summary>Writes the table to standard output, and an empty line after it.</summary>
    public void Print() => Console.WriteLine(string.Join('\n', lines) + "\n");

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";
}
