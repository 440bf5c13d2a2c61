using System.Globalization;
using RnnService.Model.Training;

namespace RnnService.Benchmarks.Training.CommandLine;

/// <summary>The options of a command, written as <c>--name value</c>. A command reads the options that it supports; <see cref="ThrowIfAnyUnused"/> then rejects the rest.</summary>
internal sealed class Options
{
    private readonly Dictionary<string, string> values = [];
    private readonly HashSet<string> used = [];

    /// <param name="arguments">The arguments after the command.</param>
    /// <exception cref="UsageException">The arguments are not pairs of a name and a value, or a name is repeated.</exception>
    public Options(IReadOnlyList<string> arguments)
    {
        foreach (string[] pair in arguments.Chunk(2))
        {
            if (pair is not [['-', '-', .. string name], string value] || !values.TryAdd(name, value))
            {
                throw new UsageException($"'{string.Join(' ', pair)}' is not an option with a value, or the option is repeated.");
            }
        }
    }

    /// <summary>An integer of at least 1.</summary>
    public int Count(string name, int defaultValue) => Read(name) is string text ? Number(name, text, minimum: 1) : defaultValue;

    /// <summary>Integers, separated by commas.</summary>
    public IReadOnlyList<int> Seeds(string name, params IReadOnlyList<int> defaultValue) =>
        Read(name) is string text ? [.. text.Split(',').Select(seed => Number(name, seed, minimum: 0))] : defaultValue;

    /// <summary>The name of an enumeration value, case-insensitive.</summary>
    public T Choice<T>(string name, T defaultValue)
        where T : struct, Enum => Read(name) is string text ? Named<T>(text) : defaultValue;

    /// <summary>Names of enumeration values, separated by commas; all values by default.</summary>
    public IReadOnlyList<T> Choices<T>(string name)
        where T : struct, Enum => Read(name) is string text ? [.. text.Split(',').Select(Named<T>)] : Enum.GetValues<T>();

    /// <summary>Settings with the values of <c>--epochs</c> and <c>--training-images</c>, if given.</summary>
    public TrainingSettings Shorten(TrainingSettings settings) => settings with
    {
        Epochs = Count("epochs", settings.Epochs),
        TrainingImages = Read("training-images") is string text ? Number("training-images", text, minimum: 1) : settings.TrainingImages,
    };

    /// <exception cref="UsageException">An option was given that the command did not read.</exception>
    public void ThrowIfAnyUnused()
    {
        if (values.Keys.Except(used).FirstOrDefault() is string unknown)
        {
            throw new UsageException($"Unknown option --{unknown}.");
        }
    }

    /// <summary>Parses the name of an enumeration value, case-insensitive.</summary>
    /// <exception cref="UsageException">The enumeration has no such value.</exception>
    public static T Named<T>(string text)
        where T : struct, Enum => Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase)
            ? Enum.Parse<T>(text, ignoreCase: true)
            : throw new UsageException($"'{text}' is not one of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}.");

    private string? Read(string name)
    {
        used.Add(name);
        return values.GetValueOrDefault(name);
    }

    private static int Number(string name, string text, int minimum) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= minimum
            ? number
            : throw new UsageException($"--{name}: '{text}' is not an integer of at least {minimum}.");
}
