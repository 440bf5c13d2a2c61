namespace RnnService.Model.Images;

/// <summary>Finds connected pixels of ink, diagonals included.</summary>
internal sealed class ConnectedComponents
{
    private readonly List<InkRun> runs = [];
    private readonly List<int> parents = [];

    private ConnectedComponents()
    {
    }

    /// <summary>Finds the pieces of ink of at least some pixels, one of them as strong as ink.</summary>
    public static List<InkPiece> Find(InkMap ink, int minArea)
    {
        ConnectedComponents components = new();
        int above = 0, row = 0;
        for (int y = 0; y < ink.Contrast.Height; y++)
        {
            components.AddRow(ink, y);
            components.Connect(above, row);
            (above, row) = (row, components.runs.Count);
        }

        return components.Pieces(ink, minArea);
    }

    private void AddRow(InkMap ink, int y)
    {
        ReadOnlySpan<byte> row = ink.Contrast.Pixels.Slice(y * ink.Contrast.Width, ink.Contrast.Width);
        byte threshold = (byte)ink.Threshold;
        for (int x = 0; x < row.Length;)
        {
            int skipped = row[x..].IndexOfAnyInRange(threshold, byte.MaxValue);
            if (skipped < 0)
            {
                return;
            }

            int start = x + skipped;
            int length = row[start..].IndexOfAnyExceptInRange(threshold, byte.MaxValue);
            x = length < 0 ? row.Length : start + length;
            parents.Add(runs.Count);
            runs.Add(new InkRun(y, start, x));
        }
    }

    /// <summary>Connects the last row's runs with those above.</summary>
    /// <param name="above">Index of the first run of the row above.</param>
    /// <param name="row">Index of the first run of the row.</param>
    private void Connect(int above, int row)
    {
        for (int i = above, j = row; i < row && j < runs.Count;)
        {
            if (runs[i].Start <= runs[j].End && runs[j].Start <= runs[i].End)
            {
                parents[Root(i)] = Root(j);
            }

            if (runs[i].End < runs[j].End)
            {
                i++;
            }
            else
            {
                j++;
            }
        }
    }

    private int Root(int run)
    {
        while (parents[run] != run)
        {
            parents[run] = parents[parents[run]];
            run = parents[run];
        }

        return run;
    }

    private List<InkPiece> Pieces(InkMap ink, int minArea)
    {
        Dictionary<int, InkPiece> pieces = [];
        for (int i = 0; i < runs.Count; i++)
        {
            int root = Root(i);
            if (!pieces.TryGetValue(root, out InkPiece? piece))
            {
                pieces[root] = piece = new InkPiece();
            }

            (int start, int length) = ((runs[i].Y * ink.Contrast.Width) + runs[i].Start, runs[i].End - runs[i].Start);
            piece.Add(runs[i], ink.Contrast.Pixels.Slice(start, length), ink.Inside.Pixels.Slice(start, length));
        }

        int seed = ink.Seed;
        return [.. pieces.Values.Where(piece => piece.Area >= minArea && piece.Peak >= seed)];
    }
}
