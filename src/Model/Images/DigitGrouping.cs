namespace RnnService.Model.Images;

/// <summary>Groups pieces of ink into digits: the bar of a 5, broken strokes. Specks and the rests of lines belong to no digit.</summary>
internal static class DigitGrouping
{
    // Of the height of a typical digit, and of its ink for each pixel of its longer side. Others are specks, dashes, and the rests of lines.
    private const double MinHeight = 0.45, MinInk = 0.15;

    // Of the larger group's longer side: the gap across which a lower piece belongs to it, and beside which.
    private const double MaxGap = 0.22, MaxGapBeside = 0.12;

    // Of the higher piece's height. A piece that is as high is a digit of its own.
    private const double LowPiece = 0.6;

    // Of the narrower piece's columns, and of the height of both: so close above each other, even halves are one digit.
    private const double Stacked = 0.5, MaxGapStacked = 0.1;

    // Of the largest piece's ink.
    private const double MinShare = 0.01;

    // More are not digits but texture or printed text, and grouping takes time with the square of their number.
    private const int MaxPieces = 2_000;

    /// <summary>Groups pieces, at most the 2,000 with the most ink.</summary>
    public static List<DigitGroup> Group(List<InkPiece> pieces)
    {
        long largest = pieces.Select(piece => piece.Weight).DefaultIfEmpty().Max();
        IEnumerable<InkPiece> heaviest = pieces.Where(piece => piece.Weight >= MinShare * largest).OrderByDescending(piece => piece.Weight).Take(MaxPieces);
        List<DigitGroup> groups = [.. heaviest.OrderByDescending(piece => piece.Box.Side).Select(piece => new DigitGroup(piece))];
        while (MergeAll(groups))
        {
        }

        return groups;
    }

    /// <summary>The groups that are as high, and have as much ink, as digits beside each other.</summary>
    public static List<DigitGroup> Digits(List<DigitGroup> groups)
    {
        if (groups.Count == 0)
        {
            return groups;
        }

        double height = Typical(groups, group => group.Box.Height), ink = Typical(groups, InkPerSide);
        return [.. groups.Where(group => group.Box.Height >= MinHeight * height && InkPerSide(group) >= MinInk * ink)];
    }

    private static double InkPerSide(DigitGroup group) => (double)group.Weight / group.Box.Side;

    /// <summary>The median of a property, in which groups count by their ink.</summary>
    private static double Typical(List<DigitGroup> groups, Func<DigitGroup, double> property)
    {
        long half = groups.Sum(group => group.Weight) / 2;
        foreach (DigitGroup group in groups.OrderBy(property))
        {
            half -= group.Weight;
            if (half <= 0)
            {
                return property(group);
            }
        }

        return 0;
    }

    /// <summary>Merges each group with those after it that belong to it. Returns whether there was one: then the group, which has grown, may belong to one before it.</summary>
    private static bool MergeAll(List<DigitGroup> groups)
    {
        int before = groups.Count;
        for (int i = 0; i < groups.Count; i++)
        {
            int other;
            while ((other = groups.FindLastIndex(groups.Count - 1, groups.Count - 1 - i, group => IsOneDigit(groups[i].Box, group.Box))) >= 0)
            {
                groups[i].Add(groups[other]);
                groups.RemoveAt(other);
            }
        }

        return groups.Count < before;
    }

    private static bool IsOneDigit(InkBox a, InkBox b)
    {
        (InkBox high, InkBox low) = a.Height >= b.Height ? (a, b) : (b, a);
        int side = Math.Max(a.Side, b.Side), columns = a.SharedColumns(b), rows = a.SharedRows(b);
        if (columns >= Stacked * Math.Min(a.Width, b.Width) && -rows <= MaxGapStacked * a.Union(b).Height)
        {
            return true;
        }

        bool isLow = low.Height < LowPiece * high.Height;
        return isLow && ((columns > 0 && -rows <= MaxGap * side) || (rows > 0 && -columns <= MaxGapBeside * side));
    }
}
