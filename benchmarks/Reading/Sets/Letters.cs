using SkiaSharp;

namespace RnnService.Benchmarks.Reading.Sets;

/// <summary>Letters of installed fonts, without those that look like digits: g, i, l, o, q, s, z, I, L, O, S and Z.</summary>
internal static class Letters
{
    private const string Alphabet = "ABCDEFGHJKMNPQRTUVWXYabcdefhjkmnprtuvwxy";
    private const float Size = 120;
    private const float Baseline = 140;

    private static readonly string[] Families = ["DejaVu", "Liberation", "Free", "NotoSans-", "NotoSerif-"];

    /// <summary>Draws each letter in each font.</summary>
    /// <param name="directory">A directory with TrueType fonts, such as those of Debian's packages <c>fonts-dejavu-core</c>, <c>fonts-liberation</c>, <c>fonts-freefont-ttf</c> and <c>fonts-noto-core</c>.</param>
    public static IEnumerable<LabeledImage> Draw(string directory) =>
        from file in Directory.EnumerateFiles(directory, "*.ttf", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        where Families.Any(family => Path.GetFileName(file).StartsWith(family, StringComparison.Ordinal))
        from letter in Alphabet
        select Paper.Fit(label: null, canvas => Draw(canvas, file, letter));

    private static void Draw(SKCanvas canvas, string file, char letter)
    {
        using SKTypeface face = SKTypeface.FromFile(file);
        using SKFont font = new(face, Size);
        using SKPaint ink = new() { Color = SKColors.Black, IsAntialias = true };
        canvas.DrawText(letter.ToString(), Paper.Side / 2f, Baseline, SKTextAlign.Center, font, ink);
    }
}
