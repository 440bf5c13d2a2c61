using System.Text.Json;

namespace RnnService.Api.Hosting;

/// <summary>Enumerations as the words that JSON and queries have: camelCase.</summary>
internal static class EnumWords
{
    public static string Word(Enum value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    public static IEnumerable<string> All(Type type) => Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName);

    /// <summary>Reads a query parameter; null when it is not there, or not one of the words, which is a fault.</summary>
    public static T? Parse<T>(string? text, string field, RequestFaults faults)
        where T : struct, Enum
    {
        if (text is null)
        {
            return null;
        }

        foreach (T value in Enum.GetValues<T>().Where(value => Word(value) == text))
        {
            return value;
        }

        faults.Add(field, $"must be one of {string.Join(", ", All(typeof(T)))}, not '{text}'.");
        return null;
    }
}
