namespace RnnService.Benchmarks.Training.Reports;

/// <summary>A table that can be pasted into docs/results.md.</summary>
/// <param name="columns">The column headings.</param>
internal sealed class MarkdownTable(params IEnumerable<string> columns)
{
    private readonly List<string> lines = [Line(columns), Line(columns.Select(_ => "---")).Replace(" ", "", StringComparison.Ordinal)];

    /// <summary>Adds a row.</summary>
    /// <param name="cells">One cell per column.</param>
    public void Add(params IEnumerable<string> cells) => lines.Add(Line(cells));

    /// <summary>Writes the table and an empty line to standard output.</summary>
    public void Print() => Console.WriteLine(string.Join('\n', lines) + "\n");

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";
}
