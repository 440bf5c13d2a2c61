namespace RnnService.Model.Images;

/// <summary>Groups pieces of ink into digits: the bar of a 5, broken strokes. Specks belong to no digit.</summary>
internal static class DigitGrouping
{
    // Of the height of a typical digit. Smaller groups are specks, dots or dashes.
    private const double MinHeight = 0.4;

    // Of the larger group's longer side: the gap across which a smaller piece belongs to it.
    private const double MaxGap = 0.22;

    // Of the larger piece's longer side. A piece that is as large is a digit of its own, unless it is above or below.
    private const double SmallPiece = 0.6;

    // Of the narrower piece's columns: if the other piece is above or below as many, they are one digit.
    private const double Stacked = 0.6;

    // Of the largest piece's area.
    private const double MinShare = 0.01;

    /// <summary>Groups pieces.</summary>
    public static List<DigitGroup> Group(List<InkPiece> pieces)
    {
        int largest = pieces.Select(piece => piece.Area).DefaultIfEmpty().Max();
        List<DigitGroup> groups = [.. pieces.Where(piece => piece.Area >= MinShare * largest).OrderByDescending(piece => piece.Box.Side).Select(piece => new DigitGroup(piece))];
        for (bool isMerged = true; isMerged;)
        {
            isMerged = MergeOne(groups);
        }

        return groups;
    }

    /// <summary>The groups that are as high as digits beside each other.</summary>
    public static List<DigitGroup> Digits(List<DigitGroup> groups)
    {
        if (groups.Count == 0)
        {
            return groups;
        }

        double[] sides = [.. groups.Select(group => (double)group.Box.Side).OrderDescending()];
        double typical = sides[Math.Min(sides.Length - 1, sides.Count(side => side >= sides[0] / 2) / 2)];
        return [.. groups.Where(group => group.Box.Side >= MinHeight * typical)];
    }

    private static bool MergeOne(List<DigitGroup> groups)
    {
        for (int i = 0; i < groups.Count; i++)
        {
            for (int j = groups.Count - 1; j > i; j--)
            {
                if (IsOneDigit(groups[i].Box, groups[j].Box))
                {
                    groups[i].Add(groups[j]);
                    groups.RemoveAt(j);
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsOneDigit(InkBox a, InkBox b)
    {
        (InkBox large, InkBox small) = a.Side >= b.Side ? (a, b) : (b, a);
        int columns = large.SharedColumns(small), rows = large.SharedRows(small);
        double gap = Math.Max(-columns, -rows);
        bool isSmall = small.Side < SmallPiece * large.Side;
        if (gap > MaxGap * large.Side)
        {
            return false;
        }

        return columns >= Stacked * Math.Min(large.Width, small.Width) && (isSmall || rows > -MaxGap * large.Side / 2)
            || (isSmall && columns > 0)
            || (isSmall && rows > 0 && gap < MaxGap / 2 * large.Side);
    }
}
