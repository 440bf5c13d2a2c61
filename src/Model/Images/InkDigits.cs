namespace RnnService.Model.Images;

/// <summary>The digits in an ink map.</summary>
internal static class InkDigits
{
    // Of the longer side of the ink map. Smaller pieces are specks.
    private const double MinSpeck = 0.002;

    // Of the same: a longer piece that is as thin, in parts of its length, is the rest of a printed line or the edge of a shadow.
    private const double MinLineLength = 0.08, Thin = 22;

    // A piece from one side of the image to the other is a line, even if it is not so thin.
    private const double Across = 4;

    // A piece of which less is seen from the border as ink is a shadow.
    private const double MinInside = 0.1;

    // What touches the border is more often the edge of a shadow or of the paper than a digit.
    private const double BorderWeight = 0.2;

    /// <summary>Finds the digits, in no order.</summary>
    public static List<DigitGroup> Find(InkMap ink)
    {
        int speck = (int)(MinSpeck * Math.Max(ink.Contrast.Width, ink.Contrast.Height));
        List<InkPiece> pieces = ConnectedComponents.Find(ink, minArea: speck * speck);
        (int width, int height) = (ink.Contrast.Width, ink.Contrast.Height);

        // If there is nothing else, it is a 1 rather than a line, or a digit that touches the border.
        List<InkPiece> strokes = pieces.FindAll(piece => piece.Inside >= MinInside && !IsLine(piece, width, height));
        return DigitGrouping.Digits(DigitGrouping.Group(strokes.Count > 0 ? strokes : pieces));
    }

    /// <summary>The digit with the most ink. What touches the border counts less.</summary>
    /// <exception cref="InvalidImageException">There is none.</exception>
    public static DigitGroup Largest(InkMap ink, List<DigitGroup> digits)
    {
        (int width, int height) = (ink.Contrast.Width, ink.Contrast.Height);
        return digits.MaxBy(digit => digit.Weight * (digit.Box.Touches(width, height) ? BorderWeight : 1)) ?? throw InkMap.Blank();
    }

    /// <summary>Normalizes a digit the way MNIST was made.</summary>
    public static DigitImage Normalize(InkMap ink, DigitGroup digit, PooledPlanes planes)
    {
        GrayImage crop = InkCrop.Cut(ink, digit, planes, out int edgeLevel);
        return DigitNormalizer.Normalize(crop, edgeLevel);
    }

    private static bool IsLine(InkPiece piece, int width, int height)
    {
        (InkBox box, double side) = (piece.Box, piece.Box.Side);
        bool isAcross = (box.Width == width && box.Height * Across < width) || (box.Height == height && box.Width * Across < height);
        return isAcross || (side > MinLineLength * Math.Max(width, height) && piece.Area * Thin < side * side);
    }
}
