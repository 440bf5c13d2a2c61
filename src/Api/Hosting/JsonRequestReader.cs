using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace RnnService.Api.Hosting;

/// <summary>
/// Reads an optional JSON object field by field, so that one request hears of all its faults: the framework's own binding
/// stops at the first.
/// </summary>
internal static class JsonRequestReader
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static async Task<T> ReadAsync<T>(HttpRequest request, string example, RequestFaults faults, CancellationToken cancellation)
        where T : new()
    {
        T result = new();
        using MemoryStream body = new();
        await request.Body.CopyToAsync(body, cancellation);
        if (body.Length == 0)
        {
            return result;
        }

        if (!request.HasJsonContentType())
        {
            throw new BadHttpRequestException($"The body is not marked as JSON. Send {example} with Content-Type: application/json.", StatusCodes.Status415UnsupportedMediaType);
        }

        using JsonDocument document = Parse(body.ToArray(), example);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new BadHttpRequestException($"The body is JSON, but not an object. Send an object such as {example}.");
        }

        JsonTypeInfo type = ServiceJson.Options.GetTypeInfo(typeof(T));
        foreach (JsonProperty field in document.RootElement.EnumerateObject())
        {
            Set(result, type, field, faults);
        }

        return result;
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> body, string example)
    {
        // Some editors begin a file with a byte order mark; RFC 8259 lets readers pass over it.
        body = body.Span.StartsWith(Encoding.UTF8.Preamble) ? body[Encoding.UTF8.Preamble.Length..] : body;
        if (!Utf8.IsValid(body.Span))
        {
            throw new BadHttpRequestException("The body is not valid UTF-8. JSON is sent as UTF-8.");
        }

        try
        {
            return JsonDocument.Parse(body, Strict);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The latter comes for names with half of a surrogate pair.
            throw new BadHttpRequestException($"The body is not valid JSON: {e.Message} Send an object such as {example}.", e);
        }
    }

    private static void Set(object target, JsonTypeInfo type, JsonProperty field, RequestFaults faults)
    {
        JsonPropertyInfo? property = type.Properties.FirstOrDefault(candidate => candidate.Name == field.Name);
        if (property?.Set is null)
        {
            faults.Add(RequestFaults.Shortened(field.Name)!, $"is not a field of this request. Its fields are {string.Join(", ", type.Properties.Select(known => known.Name))}.");
            return;
        }

        try
        {
            property.Set(target, field.Value.Deserialize(property.PropertyType, ServiceJson.Options));
        }
        catch (JsonException)
        {
            faults.Add(field.Name, $"must be {Kind(property.PropertyType)}, not {RequestFaults.Shortened(field.Value.GetRawText())}.");
        }
    }

    private static string Kind(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        { IsEnum: true } @enum => $"one of {string.Join(", ", EnumWords.All(@enum))}",
        Type boolean when boolean == typeof(bool) => "true or false",
        Type number when number == typeof(int) => "a whole number",
        Type number when number == typeof(double) => "a number",
        _ => "a string",
    };
}
