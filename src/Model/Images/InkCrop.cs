namespace RnnService.Model.Images;

/// <summary>Cuts a digit out of an ink map: its pieces and the fading edges of their strokes, without what is beside them, and with full contrast.</summary>
internal static class InkCrop
{
    // Of the ink's pixels, and of those without the edges of strokes: paper shows through a pencil's strokes, so the typical ink is not the strongest.
    private const double StrongInk = 0.95, TypicalInk = 0.75;

    // Of the strongest ink: if the typical ink is as strong, nothing shows through.
    private const double SolidInk = 0.9;

    /// <summary>Pixels of a digit's longer side from which its edges are made as sharp as they are in MNIST, and from which no further.</summary>
    private const double SmallSide = 24, LargeSide = 72;

    // Of the contrast of the ink: what is cut off from the texture of paper, and from the edges of large digits.
    private const double PaperTexture = 0.1, FadingBelow = 0.2, FadingAbove = 0.25;

    // The levels of the edges of small and of large digits.
    private const int SmallEdge = 24, LargeEdge = 104;

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

        Sharpen(crop, ink.Paper, Typical(ink, digit), digit.Box.Side, out edgeLevel);
        return crop;
    }

    /// <summary>Stretches the contrast, so that ink is white and background is black, the more sharply the larger the digit is.</summary>
    private static void Sharpen(GrayImage crop, int paper, int typical, int side, out int edgeLevel)
    {
        double size = Math.Clamp((side - SmallSide) / (LargeSide - SmallSide), 0, 1);
        int reach = typical - paper;
        double texture = paper > 0 ? PaperTexture * reach : 0;
        double from = paper + texture + (FadingBelow * size * reach), to = typical - (FadingAbove * size * reach);
        foreach (ref byte pixel in crop.Pixels)
        {
            pixel = (byte)Math.Clamp(Math.Round((pixel - from) * 255 / Math.Max(1, to - from)), 0, 255);
        }

        edgeLevel = (int)(SmallEdge + ((LargeEdge - SmallEdge) * size));
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

    /// <summary>The contrast of ink where it covers the paper, without the edges of strokes.</summary>
    private static int Typical(InkMap ink, DigitGroup digit)
    {
        Span<int> histogram = stackalloc int[Histogram.Levels];
        histogram.Clear();
        foreach (InkRun run in digit.Pieces.SelectMany(piece => piece.Runs))
        {
            Histogram.Add(ink.Contrast.Pixels.Slice((run.Y * ink.Contrast.Width) + run.Start, run.End - run.Start), histogram);
        }

        int strong = Histogram.Quantile(histogram, StrongInk), peak = digit.Pieces.Max(piece => piece.Peak);
        histogram[..(ink.Paper + ((strong - ink.Paper) / 2))].Clear();
        int typical = Histogram.Quantile(histogram, TypicalInk);
        return typical - ink.Paper >= SolidInk * (peak - ink.Paper) ? peak : typical;
    }
}
