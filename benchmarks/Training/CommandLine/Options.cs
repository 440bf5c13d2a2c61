using System.Globalization;
using RnnService.Model.Training;

namespace RnnService.Benchmarks.Training.CommandLine;

/// <summary>A verb's options, written as <c>--name value</c>. A verb takes those it knows; <see cref="ThrowIfAnyIsLeft"/> then finds the others.</summary>
internal sealed class Options
{
    private readonly Dictionary<string, string> values = [];
    private readonly HashSet<string> taken = [];

    /// <param name="arguments">What follows the verb.</param>
    /// <exception cref="UsageException">They are not pairs of a name and a value, or a name is there twice.</exception>
    public Options(IReadOnlyList<string> arguments)
    {
        foreach (string[] pair in arguments.Chunk(2))
        {
            if (pair is not [['-', '-', .. string name], string value] || !values.TryAdd(name, value))
            {
                throw new UsageException($"'{string.Join(' ', pair)}' is not an option and its value, or the option is there twice.");
            }
        }
    }

    /// <summary>A whole number of at least 1.</summary>
    public int Count(string name, int otherwise) => Take(name) is string text ? Number(name, text, least: 1) : otherwise;

    /// <summary>Whole numbers, separated by commas.</summary>
    public IReadOnlyList<int> Seeds(string name, params IReadOnlyList<int> otherwise) =>
        Take(name) is string text ? [.. text.Split(',').Select(seed => Number(name, seed, least: 0))] : otherwise;

    /// <summary>One of an enumeration's names, whatever the case.</summary>
    public T Choice<T>(string name, T otherwise)
        where T : struct, Enum => Take(name) is string text ? Named<T>(text) : otherwise;

    /// <summary>An enumeration's names, separated by commas; all of them when not given.</summary>
    public IReadOnlyList<T> Choices<T>(string name)
        where T : struct, Enum => Take(name) is string text ? [.. text.Split(',').Select(Named<T>)] : Enum.GetValues<T>();

    /// <summary>A recipe, made shorter by <c>--epochs</c> and <c>--training-images</c>.</summary>
    public TrainingSettings Shorten(TrainingSettings recipe) => recipe with
    {
        Epochs = Count("epochs", recipe.Epochs),
        TrainingImages = Take("training-images") is string text ? Number("training-images", text, least: 1) : recipe.TrainingImages,
    };

    /// <exception cref="UsageException">An option was given that was not taken.</exception>
    public void ThrowIfAnyIsLeft()
    {
        if (values.Keys.Except(taken).FirstOrDefault() is string unknown)
        {
            throw new UsageException($"There is no option --{unknown} here.");
        }
    }

    /// <summary>A name of an enumeration, whatever the case.</summary>
    /// <exception cref="UsageException">There is no such name.</exception>
    public static T Named<T>(string text)
        where T : struct, Enum => Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase)
            ? Enum.Parse<T>(text, ignoreCase: true)
            : throw new UsageException($"'{text}' is none of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}.");

    private string? Take(string name)
    {
        taken.Add(name);
        return values.GetValueOrDefault(name);
    }

    private static int Number(string name, string text, int least) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least
            ? number
            : throw new UsageException($"--{name}: '{text}' is not a whole number from {least}.");
}
