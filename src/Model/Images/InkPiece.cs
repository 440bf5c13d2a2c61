namespace RnnService.Model.Images;

/// <summary>Connected pixels of ink.</summary>
internal sealed class InkPiece
{
    /// <summary>The rows of which the piece consists.</summary>
    public List<InkRun> Runs { get; } = [];

    /// <summary>The bounding box.</summary>
    public InkBox Box { get; private set; } = InkBox.Empty;

    /// <summary>Number of pixels.</summary>
    public int Area { get; private set; }

    /// <summary>The highest contrast.</summary>
    public int Peak { get; private set; }

    /// <summary>Adds a run and its highest contrast.</summary>
    public void Add(InkRun run, int peak)
    {
        Runs.Add(run);
        Box = Box.Union(new InkBox(run.Start, run.Y, run.End, run.Y + 1));
        Area += run.End - run.Start;
        Peak = Math.Max(Peak, peak);
    }
}
