using System.Text.Json;

namespace RnnService.Api.Tests.Storage;

/// <summary>Compares JSON field by field.</summary>
internal static class JsonFields
{
    /// <summary>Asserts that all expected fields exist with equal values, recursively. Additional fields are allowed, additional array elements are not.</summary>
    /// <param name="expected">The expected JSON.</param>
    /// <param name="actual">The actual JSON.</param>
    /// <param name="path">The path of the values in the document, for assertion messages.</param>
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
