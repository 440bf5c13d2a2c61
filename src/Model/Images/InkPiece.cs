namespace RnnService.Model.Images;

/// <summary>Connected pixels of ink.</summary>
internal sealed class InkPiece
{
    private long sum, inside;

    /// <summary>The rows of which the piece consists.</summary>
    public List<InkRun> Runs { get; } = [];

    /// <summary>The bounding box.</summary>
    public InkBox Box { get; private set; } = InkBox.Empty;

    /// <summary>Number of pixels.</summary>
    public int Area { get; private set; }

    /// <summary>The highest contrast.</summary>
    public int Peak { get; private set; }

    /// <summary>The sum of the squares of the contrast: strong ink weighs more than faint ink.</summary>
    public long Weight { get; private set; }

    /// <summary>The share of the contrast that does not reach the border, from 0 (a shadow) to 1 (ink).</summary>
    public double Inside => (double)inside / sum;

    /// <summary>Adds a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="contrast">The contrast of its pixels.</param>
    /// <param name="inside">The contrast of what does not reach the border.</param>
    public void Add(InkRun run, ReadOnlySpan<byte> contrast, ReadOnlySpan<byte> inside)
    {
        Runs.Add(run);
        Box = Box.Union(new InkBox(run.Start, run.Y, run.End, run.Y + 1));
        Area += run.End - run.Start;
        for (int i = 0; i < contrast.Length; i++)
        {
            Peak = Math.Max(Peak, contrast[i]);
            Weight += contrast[i] * contrast[i];
            sum += contrast[i];
            this.inside += inside[i];
        }
    }
}
