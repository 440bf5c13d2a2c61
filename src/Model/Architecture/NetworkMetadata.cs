using System.Globalization;
using System.Text.Json;
using RnnService.Model.SafeTensors;

namespace RnnService.Model.Architecture;

/// <summary>
/// An architecture and a calibration as text fields, stored in the metadata of safetensors and ONNX files. The fields depend only on them, not on when or where a network
/// was trained.
/// </summary>
internal static class NetworkMetadata
{
    private const string FormatField = "format";
    private const string Format = "rnn-service-network-1";
    private const string CalibratedFormat = "rnn-service-network-2";

    // It has the number of members, and may be calibrated or not.
    private const string MembersFormat = "rnn-service-network-3";

    // It is calibrated, and its temperature depends on the similarity.
    private const string LatestFormat = "rnn-service-network-4";

    /// <summary>The fields, in a fixed order.</summary>
    public static IReadOnlyDictionary<string, string> From(NetworkSettings settings, Calibration? calibration = null)
    {
        // Earlier versions can read a network without what they did not know.
        if (calibration is null && settings.Members == 1)
        {
            return From(settings, Format);
        }

        Dictionary<string, string> fields = From(settings, calibration is null ? MembersFormat : LatestFormat);
        fields[Key(nameof(settings.Members))] = Text(settings.Members);
        if (calibration is not null)
        {
            fields[Key(nameof(calibration.Temperature))] = Text(calibration.Temperature);
            fields[Key(nameof(calibration.TypicalSimilarity))] = Text(calibration.TypicalSimilarity);
            fields[Key(nameof(calibration.TemperatureSlope))] = Text(calibration.TemperatureSlope);
            fields[Key(nameof(calibration.MinFamiliarity))] = Text(calibration.MinFamiliarity);
            fields[Key(nameof(calibration.EnergyWeight))] = Text(calibration.EnergyWeight);
        }

        return fields;
    }

    /// <summary>Reads the architecture. Returns null if there is none, as in files written by other programs or earlier versions.</summary>
    /// <exception cref="InvalidDataException">The format is unknown, or a field is missing or invalid.</exception>
    public static NetworkSettings? Read(IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue(FormatField, out string? format) || !metadata.ContainsKey(Key(nameof(NetworkSettings.Network))))
        {
            return null;
        }

        if (format is not (Format or CalibratedFormat or MembersFormat or LatestFormat))
        {
            throw new InvalidDataException($"The network's format is '{format}', but this version reads '{Format}', '{CalibratedFormat}', '{MembersFormat}' and '{LatestFormat}'.");
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
            Members = format is MembersFormat or LatestFormat ? Value<int>(metadata, nameof(NetworkSettings.Members)) : 1,
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

    /// <summary>Reads the calibration. Returns null if there is none.</summary>
    /// <param name="metadata">The fields.</param>
    /// <param name="tensors">The file's tensors, of which the prototypes are taken.</param>
    /// <exception cref="InvalidDataException">A field or the prototypes are missing or invalid.</exception>
    public static Calibration? ReadCalibration(IReadOnlyDictionary<string, string> metadata, TensorsByName tensors) =>
        metadata.GetValueOrDefault(FormatField) switch
        {
            CalibratedFormat => ReadCommon(metadata, tensors),
            MembersFormat when metadata.ContainsKey(Key(nameof(Calibration.Temperature))) || tensors.Contains(Calibration.PrototypesName) => ReadCommon(metadata, tensors) with
            {
                EnergyWeight = Value<float>(metadata, nameof(Calibration.EnergyWeight)),
            },
            LatestFormat => ReadCommon(metadata, tensors) with
            {
                TypicalSimilarity = Value<float>(metadata, nameof(Calibration.TypicalSimilarity)),
                TemperatureSlope = Value<float>(metadata, nameof(Calibration.TemperatureSlope)),
                EnergyWeight = Value<float>(metadata, nameof(Calibration.EnergyWeight)),
            },
            _ => null,
        };

    private static Calibration ReadCommon(IReadOnlyDictionary<string, string> metadata, TensorsByName tensors) => new(
        Value<float>(metadata, nameof(Calibration.Temperature)),
        TypicalSimilarity: 0,
        TemperatureSlope: 0,
        Value<float>(metadata, nameof(Calibration.MinFamiliarity)),
        EnergyWeight: 0,
        tensors.Take(Calibration.PrototypesName));

    private static Dictionary<string, string> From(NetworkSettings settings, string format) => new()
    {
        [FormatField] = format,
        [Key(nameof(settings.Network))] = Text(settings.Network),
        [Key(nameof(settings.HiddenSize))] = Text(settings.HiddenSize),
        [Key(nameof(settings.Layers))] = Text(settings.Layers),
        [Key(nameof(settings.Bidirectional))] = Text(settings.Bidirectional),
        [Key(nameof(settings.Reading))] = Text(settings.Reading),
        [Key(nameof(settings.Dropout))] = Text(settings.Dropout),
    };

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
