using System.Text.Json;

namespace RnnService.Api.Tests.Storage;

/// <summary>Compares JSON field by field.</summary>
internal static class JsonFields
{
    /// <summary>Asserts that every expected field is there with its value, at every depth. There may be more fields, but not more elements of an array.</summary>
    /// <param name="expected">What must be there.</param>
    /// <param name="actual">What is there.</param>
    /// <param name="path">Where in the document this is, for the message.</param>
    public static void AssertContains(JsonElement expected, JsonElement actual, string path)
    {
        Assert.True(expected.ValueKind == actual.ValueKind, $"{path} is {actual}, not {expected}.");
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty field in expected.EnumerateObject())
                {
                    Assert.True(actual.TryGetProperty(field.Name, out JsonElement value), $"{path}.{field.Name} is missing.");
                    AssertContains(field.Value, value, $"{path}.{field.Name}");
                }

                break;
            case JsonValueKind.Array:
                Assert.True(expected.GetArrayLength() == actual.GetArrayLength(), $"{path} has {actual.GetArrayLength()} elements, not {expected.GetArrayLength()}.");
                for (int i = 0; i < expected.GetArrayLength(); i++)
                {
                    AssertContains(expected[i], actual[i], $"{path}[{i}]");
                }

                break;
            case JsonValueKind.Number:
                Assert.True(expected.GetDouble() == actual.GetDouble(), $"{path} is {actual}, not {expected}.");
                break;
            default:
                Assert.True(expected.ToString() == actual.ToString(), $"{path} is {actual}, not {expected}.");
                break;
        }
    }
}
