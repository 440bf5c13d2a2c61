namespace RnnService.Api.Http;

/// <summary>Finds the known name that was probably meant by an unknown one: a setting, a query parameter, or a JSON field.</summary>
internal static class NearestName
{
    /// <summary>Longer names are not compared, so that a long name in a request costs nothing.</summary>
    private const int MaxLength = 100;

    /// <summary>A name may differ in one of every three characters.</summary>
    private const int CharactersPerEdit = 3;

    /// <summary>Returns the known name with the smallest edit distance, ignoring case; null if none is similar.</summary>
    /// <param name="name">The unknown name.</param>
    /// <param name="known">The known names.</param>
    /// <param name="maxEdits">The largest edit distance, in addition to the limit that depends on the length of the name.</param>
    public static string? Find(string name, IEnumerable<string> known, int maxEdits = MaxLength)
    {
        int limit = Math.Min(maxEdits, Math.Max(1, name.Length / CharactersPerEdit));
        return name.Length > MaxLength
            ? null
            : known.Select(candidate => (candidate, Distance: Distance(name, candidate))).Where(match => match.Distance <= limit).OrderBy(match => match.Distance).FirstOrDefault().candidate;
    }

    /// <summary>A question to append to an error message, with a leading space; empty if no known name is similar.</summary>
    public static string Question(string name, IEnumerable<string> known) => Find(name, known) is string nearest ? $" Did you mean {nearest}?" : "";

    /// <summary>The number of characters to insert, delete, replace, or swap with their neighbor (optimal string alignment).</summary>
    private static int Distance(string from, string to)
    {
        int[,] distances = new int[from.Length + 1, to.Length + 1];
        for (int i = 0; i <= from.Length; i++)
        {
            for (int j = 0; j <= to.Length; j++)
            {
                distances[i, j] = i == 0 || j == 0 ? i + j : Step(i, j);
            }
        }

        return distances[from.Length, to.Length];

        int Step(int i, int j)
        {
            int replaced = distances[i - 1, j - 1] + (Same(i, j) ? 0 : 1);
            int edited = Math.Min(replaced, Math.Min(distances[i - 1, j], distances[i, j - 1]) + 1);
            return i > 1 && j > 1 && Same(i, j - 1) && Same(i - 1, j) ? Math.Min(edited, distances[i - 2, j - 2] + 1) : edited;
        }

        bool Same(int i, int j) => char.ToLowerInvariant(from[i - 1]) == char.ToLowerInvariant(to[j - 1]);
    }
}
