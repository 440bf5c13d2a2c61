namespace RnnService.Model.Images;

/// <summary>Cuts a digit out of an ink map: its pieces and the fading edges of their strokes, without what is beside them, and with full contrast.</summary>
internal static class InkCrop
{
    // Of the ink's pixels: paper shows through the strokes of a pencil or of chalk, so the typical ink is not the strongest.
    private const double TypicalInk = 0.75;

    // Of the strongest ink: if the typical ink is as strong, nothing shows through.
    private const double SolidInk = 0.9;

    /// <summary>Pixels of a digit's longer side from which its edges are made as sharp as they are in MNIST, and from which no further.</summary>
    private const double SmallSide = 24, LargeSide = 72;

    /// <summary>Cuts out a digit.</summary>
    /// <param name="ink">The ink map.</param>
    /// <param name="digit">The digit.</param>
    /// <param name="planes">Memory.</param>
    /// <param name="edgeLevel">Receives the level of the edges of its strokes.</param>
    /// <returns>The digit, light on black.</returns>
    public static GrayImage Cut(InkMap ink, DigitGroup digit, PooledPlanes planes, out int edgeLevel)
    {
        int fading = Math.Max(2, digit.Box.Side / 40);
        InkBox box = digit.Box.Grow(fading, ink.Contrast.Width, ink.Contrast.Height);
        GrayImage crop = new(box.Width, box.Height, planes.Rent(box.Width * box.Height));
        crop.Pixels.Clear();
        foreach (InkPiece piece in digit.Pieces)
        {
            foreach (InkRun run in piece.Runs)
            {
                Copy(ink.Contrast, run, fading, box, crop);
            }
        }

        double size = Math.Clamp((digit.Box.Side - SmallSide) / (LargeSide - SmallSide), 0, 1);
        int typical = Typical(ink, digit);
        int reach = typical - ink.Paper;
        double from = ink.Paper + (reach * 0.2 * size) + (ink.Paper > 0 ? 0.1 * reach : 0), to = typical - (reach * 0.25 * size);
        foreach (ref byte pixel in crop.Pixels)
        {
            pixel = (byte)Math.Clamp(Math.Round((pixel - from) * 255 / Math.Max(1, to - from)), 0, 255);
        }

        edgeLevel = (int)(24 + (80 * size));
        return crop;
    }

    /// <summary>Copies the surroundings of a run.</summary>
    private static void Copy(GrayImage contrast, InkRun run, int fading, InkBox box, GrayImage crop)
    {
        (int left, int right) = (Math.Max(box.Left, run.Start - fading), Math.Min(box.Right, run.End + fading));
        for (int y = Math.Max(box.Top, run.Y - fading); y < Math.Min(box.Bottom, run.Y + fading + 1); y++)
        {
            contrast.Pixels.Slice((y * contrast.Width) + left, right - left).CopyTo(crop.Pixels[(((y - box.Top) * crop.Width) + left - box.Left)..]);
        }
    }

    private static int Typical(InkMap ink, DigitGroup digit)
    {
        Span<int> histogram = stackalloc int[256];
        histogram.Clear();
        int count = 0;
        foreach (InkRun run in digit.Pieces.SelectMany(piece => piece.Runs))
        {
            foreach (byte pixel in ink.Contrast.Pixels.Slice((run.Y * ink.Contrast.Width) + run.Start, run.End - run.Start))
            {
                histogram[pixel]++;
                count++;
            }
        }

        int level = 0;
        for (int below = histogram[0]; below <= count * TypicalInk && level < byte.MaxValue; below += histogram[level])
        {
            level++;
        }

        int peak = digit.Pieces.Max(piece => piece.Peak);
        return level - ink.Paper >= SolidInk * (peak - ink.Paper) ? peak : level;
    }
}
