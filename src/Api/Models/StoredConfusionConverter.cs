using System.Text.Json;
using System.Text.Json.Serialization;

namespace RnnService.Api.Models;

/// <summary>Reads confusion matrices with and without a version.</summary>
internal sealed class StoredConfusionConverter : JsonConverter<StoredConfusion>
{
    public override StoredConfusion Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            return new StoredConfusion(JsonSerializer.Deserialize<int[][]>(ref reader, options)!, Version: 1);
        }

        Content content = JsonSerializer.Deserialize<Content>(ref reader, options) ?? throw new JsonException("A confusion matrix is null.");
        return new StoredConfusion(content.Counts, content.Version);
    }

    public override void Write(Utf8JsonWriter writer, StoredConfusion value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, new Content(value.Counts, value.Version), options);

    private sealed record Content(IReadOnlyList<IReadOnlyList<int>> Counts, int Version = 1);
}
