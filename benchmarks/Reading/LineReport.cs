using RnnService.Benchmarks.Reading.Photos;
using RnnService.Model.Data;
using RnnService.Model.Images;

namespace RnnService.Benchmarks.Reading;

/// <summary>In how many photographs of five digits every digit is found, in the right order, and how many numbers are read correctly.</summary>
internal static class LineReport
{
    /// <summary>Digits of a line.</summary>
    public const int Digits = 5;

    private const double MinOverlap = 0.5;

    public static void Print(PhotoGenerator generator, DatasetSplit mnist, ReadingOptions options)
    {
        using DigitReader reader = DigitReader.Load(options, mnist);
        PhotoSheet missed = new();
        int allFound = 0, numbers = 0, matched = 0, read = 0;
        for (int i = 0; i < options.Count; i++)
        {
            Photo photo = generator.Line(i * Digits, Digits);
            IReadOnlyList<FoundDigit> found = Find(photo);
            bool complete = found.Count == Digits && found.Zip(photo.Boxes).All(pair => Overlap(pair.First.Box, pair.Second) >= MinOverlap);
            int[] answers = [.. found.Select(digit => reader.Read(digit.Image))];
            numbers += answers.SequenceEqual(photo.Labels) ? 1 : 0;
            if (complete)
            {
                allFound++;
                matched += Digits;
                read += answers.Zip(photo.Labels).Count(pair => pair.First == pair.Second);
                continue;
            }

            missed.Add($"{i}: {string.Concat(photo.Labels)}, {found.Count} found as {string.Concat(answers)}: {photo.Description}", photo.File, [.. found.Select(digit => digit.Image)]);
        }

        missed.Save(options.Output);
        Console.WriteLine($"Photographs of {Digits} digits, seed {options.Seed}: every digit found in {allFound} of {options.Count} ({100.0 * allFound / options.Count:F2}%).");
        Console.WriteLine($"In these, {read} of {matched} digits read correctly ({100.0 * read / matched:F2}%); {numbers} numbers read correctly ({100.0 * numbers / options.Count:F2}%).");
    }

    private static IReadOnlyList<FoundDigit> Find(Photo photo)
    {
        try
        {
            return DigitImageDecoder.FindEach(photo.File);
        }
        catch (InvalidImageException)
        {
            return [];
        }
    }

    /// <summary>The area of the intersection divided by that of the union.</summary>
    private static double Overlap(ImageBox a, ImageBox b)
    {
        double width = Math.Min(a.X + a.Width, b.X + b.Width) - Math.Max(a.X, b.X), height = Math.Min(a.Y + a.Height, b.Y + b.Height) - Math.Max(a.Y, b.Y);
        double both = Math.Max(0, width) * Math.Max(0, height);
        return both / ((a.Width * a.Height) + (b.Width * b.Height) - both);
    }
}
