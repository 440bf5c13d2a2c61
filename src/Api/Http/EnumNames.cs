using System.Text.Json;

namespace RnnService.Api.Http;

/// <summary>Names of enumeration values in JSON and queries: camelCase.</summary>
internal static class EnumNames
{
    public static string Of(Enum value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    public static IEnumerable<string> All(Type type) => Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName);

    /// <summary>Parses a query parameter. Returns null if it is absent or unknown. An unknown value is added to the errors.</summary>
    public static T? Parse<T>(string? text, string field, ValidationErrors errors)
        where T : struct, Enum
    {
        if (text is null)
        {
            return null;
        }

        foreach (T value in Enum.GetValues<T>().Where(value => Of(value) == text))
        {
            return value;
        }

        errors.Add(field, $"must be one of {string.Join(", ", All(typeof(T)))}, not '{text}'.");
        return null;
    }
}
