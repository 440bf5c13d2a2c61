using System.Text.Json;
using System.Text.Json.Serialization;

namespace RnnService.Api.Storage;

/// <summary>The JSON format of stored values. Changes to the API's format do not affect it.</summary>
internal static class StoredJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    public static string Serialize<T>(T value)
        where T : IStoredValue => JsonSerializer.Serialize(value, Options);

    /// <exception cref="StoredVersionException">A newer version of the service wrote the value.</exception>
    /// <exception cref="StoredValueDamagedException">The value is damaged.</exception>
    public static T Deserialize<T>(string json)
        where T : IStoredValue
    {
        try
        {
            T value = JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException($"A {typeof(T).Name} is null.");
            ThrowIfNewer<T>(value.Version);
            return value;
        }
        catch (JsonException e)
        {
            // A newer version can have fields that this one cannot read.
            ThrowIfNewer<T>(VersionOf(json));
            throw new StoredValueDamagedException(typeof(T).Name, e);
        }
    }

    private static int VersionOf(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<VersionOnly>(json, Options)?.Version ?? 1;
        }
        catch (JsonException)
        {
            // It is not JSON, so it has no version.
            return 1;
        }
    }

    private static void ThrowIfNewer<T>(int version)
        where T : IStoredValue
    {
        if (version > T.LatestVersion)
        {
            throw new StoredVersionException(typeof(T).Name, version, T.LatestVersion);
        }
    }

    private sealed record VersionOnly(int Version = 1);
}
