using System.Globalization;
using RnnService.Model.Training;

namespace RnnService.Benchmarks.Reading;

/// <summary>The options of a command, written as <c>--name value</c>.</summary>
/// <param name="Count">Number of photographs.</param>
/// <param name="Seed">Seed of the photographs.</param>
/// <param name="Test">Whether MNIST's test images are drawn, which is for final figures only; otherwise its validation images.</param>
/// <param name="Preset">The preset that the network is trained with.</param>
/// <param name="Members">Members instead of those of the preset; null for those.</param>
/// <param name="Epochs">Epochs instead of those of the preset; null for those.</param>
/// <param name="Weights">A safetensors file that is used instead of training, or written after training, for <c>confidence</c> and <c>paired</c> with the seed after its name; null for neither.</param>
/// <param name="Before">For <c>paired</c>, the weights to compare with, with the seed after the name.</param>
/// <param name="Input">The file of semeion: 256 bits and ten one-hot fields in each line.</param>
/// <param name="Fashion">The file <c>t10k-images-idx3-ubyte.gz</c> of Fashion-MNIST.</param>
/// <param name="Fonts">A directory with TrueType fonts.</param>
/// <param name="Seeds">Seeds of the trainings that are compared.</param>
/// <param name="Output">A PNG for a contact sheet, of photographs or of those that were not read correctly; null for none.</param>
internal sealed record ReadingOptions(int Count, int Seed, bool Test, TrainingPreset Preset, int? Members, int? Epochs, string? Weights, string? Before, string? Input, string? Fashion, string? Fonts, IReadOnlyList<int> Seeds, string? Output)
{
    public const string Usage =
        """
        photos      reads photographs of one digit each
        lines       finds and reads the digits in photographs of five digits each
        confidence  trains a preset, and measures accuracy, calibration and rejection on digits of MNIST, of strangers (--input semeion.txt), in photographs, and on images
                    that are not digits (--fashion t10k-images-idx3-ubyte.gz of Debian's dataset-fashion-mnist, --fonts DIRECTORY)
        paired      compares weights that confidence kept (--weights FILE) with others (--before FILE) on MNIST
        sheet       writes a contact sheet of photographs (--output FILE.png)
        times       measures the processor time that large images take

        --count N (1000), --seed N (1), --set validation|test, --preset NAME (fast), --members N, --epochs N, --seeds 1,2,3, --weights FILE, --output FILE.png
        """;

    /// <summary>The settings of the trainings.</summary>
    public TrainingSettings Settings
    {
        get
        {
            TrainingSettings settings = TrainingPresets.For(Preset);
            return settings with { Members = Members ?? settings.Members, Epochs = Epochs ?? settings.Epochs };
        }
    }

    public static ReadingOptions Parse(ReadOnlySpan<string> arguments)
    {
        Dictionary<string, string> values = arguments.ToArray().Chunk(2).ToDictionary(pair => pair[0].TrimStart('-'), pair => pair[1]);
        return new ReadingOptions(
            Number("count") ?? 1000,
            Number("seed") ?? 1,
            values.GetValueOrDefault("set") == "test",
            Enum.Parse<TrainingPreset>(values.GetValueOrDefault("preset", "fast"), ignoreCase: true),
            Number("members"),
            Number("epochs"),
            values.GetValueOrDefault("weights"),
            values.GetValueOrDefault("before"),
            values.GetValueOrDefault("input"),
            values.GetValueOrDefault("fashion"),
            values.GetValueOrDefault("fonts"),
            [.. values.GetValueOrDefault("seeds", "1,2,3").Split(',').Select(seed => int.Parse(seed, CultureInfo.InvariantCulture))],
            values.GetValueOrDefault("output"));

        int? Number(string name) => values.TryGetValue(name, out string? value) ? int.Parse(value, CultureInfo.InvariantCulture) : null;
    }
}
