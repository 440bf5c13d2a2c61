using System.Globalization;
using System.Text.Json;

namespace RnnService.Model.Architecture;

/// <summary>
/// An architecture as text fields, stored in the metadata of safetensors and ONNX files. The fields depend only on the settings, not on when or where a network was trained.
/// </summary>
internal static class NetworkMetadata
{
    private const string FormatField = "format";
    private const string Format = "rnn-service-network-1";

    /// <summary>The fields, in a fixed order.</summary>
    public static IReadOnlyDictionary<string, string> From(NetworkSettings settings) => new Dictionary<string, string>
    {
        [FormatField] = Format,
        [Key(nameof(settings.Network))] = Text(settings.Network),
        [Key(nameof(settings.HiddenSize))] = Text(settings.HiddenSize),
        [Key(nameof(settings.Layers))] = Text(settings.Layers),
        [Key(nameof(settings.Bidirectional))] = Text(settings.Bidirectional),
        [Key(nameof(settings.Reading))] = Text(settings.Reading),
        [Key(nameof(settings.Dropout))] = Text(settings.Dropout),
    };

    /// <summary>Reads the fields. Returns null if there are none, as in files written by other programs or earlier versions.</summary>
    /// <exception cref="InvalidDataException">The format is unknown, or a field is missing or invalid.</exception>
    public static NetworkSettings? Read(IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue(FormatField, out string? format) || !metadata.ContainsKey(Key(nameof(NetworkSettings.Network))))
        {
            return null;
        }

        if (format != Format)
        {
            throw new InvalidDataException($"The network's format is '{format}', but this version reads '{Format}'.");
        }

        NetworkSettings settings = new(Name<NetworkType>(metadata, nameof(NetworkSettings.Network)), Value<int>(metadata, nameof(NetworkSettings.HiddenSize)))
        {
            Layers = Value<int>(metadata, nameof(NetworkSettings.Layers)),
            Bidirectional = Field(metadata, nameof(NetworkSettings.Bidirectional)) switch
            {
                "true" => true,
                "false" => false,
                string other => throw Invalid(nameof(NetworkSettings.Bidirectional), other),
            },
            Reading = Name<ReadingOrder>(metadata, nameof(NetworkSettings.Reading)),
            Dropout = Value<double>(metadata, nameof(NetworkSettings.Dropout)),
        };
        try
        {
            settings.ThrowIfInvalid();
            return settings;
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new InvalidDataException($"The network's settings are invalid: {e.Message}", e);
        }
    }

    private static string Field(IReadOnlyDictionary<string, string> metadata, string property) =>
        metadata.GetValueOrDefault(Key(property)) ?? throw new InvalidDataException($"The metadata has no field '{Key(property)}'.");

    private static T Value<T>(IReadOnlyDictionary<string, string> metadata, string property)
        where T : IParsable<T> => T.TryParse(Field(metadata, property), CultureInfo.InvariantCulture, out T? value)
            ? value
            : throw Invalid(property, Field(metadata, property));

    private static T Name<T>(IReadOnlyDictionary<string, string> metadata, string property)
        where T : struct, Enum => Enum.GetValues<T>().Select(value => (T?)value).FirstOrDefault(value => Text(value!.Value) == Field(metadata, property))
            ?? throw Invalid(property, Field(metadata, property));

    private static InvalidDataException Invalid(string property, string value) => new($"The metadata field '{Key(property)}' is '{value}', which is invalid.");

    private static string Key(string property) => JsonNamingPolicy.CamelCase.ConvertName(property);

    private static string Text(object value) => value is IFormattable and not Enum
        ? ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)
        : JsonNamingPolicy.CamelCase.ConvertName(value.ToString()!);
}
