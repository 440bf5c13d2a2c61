namespace RnnService.Model.Images;

/// <summary>Orders digits as they are read: lines from top to bottom, and each from left to right. Lines may be slanted.</summary>
internal static class ReadingLines
{
    // Of the lower digit's rows: if its neighbor has as many of them, both are in one line.
    private const double SharedRows = 0.4;

    /// <summary>Orders digits.</summary>
    public static IReadOnlyList<DigitGroup> Order(IEnumerable<DigitGroup> digits)
    {
        List<List<DigitGroup>> lines = [];
        foreach (DigitGroup digit in digits.OrderBy(digit => digit.Box.Left))
        {
            List<DigitGroup>? line = lines.Where(line => IsNext(line[^1].Box, digit.Box)).MinBy(line => Math.Abs(line[^1].Box.MiddleY - digit.Box.MiddleY));
            if (line is null)
            {
                lines.Add(line = []);
            }

            line.Add(digit);
        }

        return [.. lines.OrderBy(line => line.Average(digit => digit.Box.MiddleY)).SelectMany(line => line)];
    }

    private static bool IsNext(InkBox last, InkBox next) => last.SharedRows(next) >= SharedRows * Math.Min(last.Height, next.Height);
}
