using System.Globalization;
using RnnService.Model.Training;

namespace RnnService.Benchmarks.Reading;

/// <summary>The options of a command, written as <c>--name value</c>.</summary>
/// <param name="Count">Number of photographs.</param>
/// <param name="Seed">Seed of the photographs.</param>
/// <param name="Test">Whether MNIST's test images are drawn, which is for final figures only; otherwise its validation images.</param>
/// <param name="Preset">The preset that the network is trained with.</param>
/// <param name="Weights">A safetensors file that is used instead of training, or written after training; null for neither.</param>
/// <param name="Input">The file with the squares of semeion.</param>
/// <param name="Output">A PNG for a contact sheet, of photographs or of those that were not read correctly; null for none.</param>
internal sealed record ReadingOptions(int Count, int Seed, bool Test, TrainingPreset Preset, string? Weights, string? Input, string? Output)
{
    public const string Usage =
        """
        photos    reads photographs of one digit each
        lines     finds and reads the digits in photographs of five digits each
        squares   reads the digits of a file of 16×16 squares, enlarged to ordinary images (--input semeion.txt)
        sheet     writes a contact sheet of photographs (--output FILE.png)
        times     measures the processor time that large images take

        --count N (1000), --seed N (1), --set validation|test, --preset NAME (fast), --weights FILE, --input FILE, --output FILE.png
        """;

    public static ReadingOptions Parse(ReadOnlySpan<string> arguments)
    {
        Dictionary<string, string> values = arguments.ToArray().Chunk(2).ToDictionary(pair => pair[0].TrimStart('-'), pair => pair[1]);
        return new ReadingOptions(
            int.Parse(values.GetValueOrDefault("count", "1000"), CultureInfo.InvariantCulture),
            int.Parse(values.GetValueOrDefault("seed", "1"), CultureInfo.InvariantCulture),
            values.GetValueOrDefault("set") == "test",
            Enum.Parse<TrainingPreset>(values.GetValueOrDefault("preset", "fast"), ignoreCase: true),
            values.GetValueOrDefault("weights"),
            values.GetValueOrDefault("input"),
            values.GetValueOrDefault("output"));
    }
}
