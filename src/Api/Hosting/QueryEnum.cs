using System.Text.Json;

namespace RnnService.Api.Hosting;

internal static class QueryEnum
{
    /// <summary>Reads a query parameter that is one of an enumeration's words, in camelCase as JSON has them.</summary>
    public static T? Parse<T>(string? text, string field, RequestFaults faults)
        where T : struct, Enum
    {
        if (text is null)
        {
            return null;
        }

        foreach (T value in Enum.GetValues<T>())
        {
            if (JsonNamingPolicy.CamelCase.ConvertName(value.ToString()) == text)
            {
                return value;
            }
        }

        faults.Add(field, $"must be one of {string.Join(", ", Words<T>())}, not '{text}'.");
        return null;
    }

    private static IEnumerable<string> Words<T>()
        where T : struct, Enum => Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName);
}
