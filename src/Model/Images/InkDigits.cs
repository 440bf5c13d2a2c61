namespace RnnService.Model.Images;

/// <summary>The digits in an ink map.</summary>
internal static class InkDigits
{
    // Of the longer side of the ink map. Smaller pieces are specks.
    private const double MinSpeck = 0.002;

    // Of the same: a longer and thinner piece is the rest of a printed line or the edge of a shadow.
    private const double MinLineLength = 0.4, MaxLineWidth = 0.012;

    // What touches the border is more often the edge of a shadow or of the paper than a digit.
    private const double BorderWeight = 0.2;

    /// <summary>Finds the digits, in no order.</summary>
    public static List<DigitGroup> Find(InkMap ink)
    {
        int speck = (int)(MinSpeck * Math.Max(ink.Contrast.Width, ink.Contrast.Height));
        List<InkPiece> pieces = ConnectedComponents.Find(ink, minArea: speck * speck);
        int side = Math.Max(ink.Contrast.Width, ink.Contrast.Height);
        pieces.RemoveAll(piece => piece.Box.Side > MinLineLength * side && piece.Area < MaxLineWidth * side * piece.Box.Side);
        return DigitGrouping.Digits(DigitGrouping.Group(pieces));
    }

    /// <summary>The digit with the most ink.</summary>
    /// <exception cref="InvalidImageException">There is none.</exception>
    public static DigitGroup FindLargest(InkMap ink)
    {
        (int width, int height) = (ink.Contrast.Width, ink.Contrast.Height);
        return Find(ink).MaxBy(digit => digit.Area * (digit.Box.Touches(width, height) ? BorderWeight : 1)) ?? throw InkMap.Blank();
    }

    /// <summary>Normalizes a digit the way MNIST was made.</summary>
    public static DigitImage Normalize(InkMap ink, DigitGroup digit, PooledPlanes planes)
    {
        GrayImage crop = InkCrop.Cut(ink, digit, planes, out int edgeLevel);
        return DigitNormalizer.Normalize(crop, edgeLevel);
    }
}
