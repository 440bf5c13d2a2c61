using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace RnnService.Api.Http;

/// <summary>Reads an optional JSON object field by field and collects all errors: the framework's model binding stops at the first.</summary>
internal static class JsonRequestReader
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static async Task<T> ReadAsync<T>(HttpRequest request, string example, ValidationErrors errors, CancellationToken cancellation)
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
            throw new BadHttpRequestException($"The Content-Type is not JSON. Send {example} with Content-Type: application/json.", StatusCodes.Status415UnsupportedMediaType);
        }

        using JsonDocument document = Parse(body.ToArray(), example);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new BadHttpRequestException($"The body is JSON but not an object. Send an object such as {example}.");
        }

        JsonTypeInfo type = ServiceJson.Options.GetTypeInfo(typeof(T));
        foreach (JsonProperty field in document.RootElement.EnumerateObject())
        {
            Set(result, type, field, errors);
        }

        return result;
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> body, string example)
    {
        // Some editors start files with a byte order mark; RFC 8259 allows readers to ignore it.
        body = body.Span.StartsWith(Encoding.UTF8.Preamble) ? body[Encoding.UTF8.Preamble.Length..] : body;
        if (!Utf8.IsValid(body.Span))
        {
            throw new BadHttpRequestException("The body is not valid UTF-8. Encode the JSON as UTF-8.");
        }

        try
        {
            return JsonDocument.Parse(body, Strict);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is thrown for names with an unpaired surrogate.
            throw new BadHttpRequestException($"The body is not valid JSON: {e.Message} Send an object such as {example}.", e);
        }
    }

    private static void Set(object target, JsonTypeInfo type, JsonProperty field, ValidationErrors errors)
    {
        JsonPropertyInfo? property = type.Properties.FirstOrDefault(candidate => candidate.Name == field.Name);
        if (property?.Set is null)
        {
            string[] known = [.. type.Properties.Select(candidate => candidate.Name)];
            errors.Add(ValidationErrors.Shortened(field.Name)!, $"is not a field of this request. The fields are {string.Join(", ", known)}.{NearestName.Question(field.Name, known)}");
            return;
        }

        try
        {
            property.Set(target, field.Value.Deserialize(property.PropertyType, ServiceJson.Options));
        }
        catch (JsonException)
        {
            errors.Add(field.Name, $"must be {Kind(property.PropertyType)}, not {ValidationErrors.Shortened(field.Value.GetRawText())}.");
        }
    }

    private static string Kind(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        { IsEnum: true } @enum => $"one of {string.Join(", ", EnumNames.All(@enum))}",
        Type boolean when boolean == typeof(bool) => "true or false",
        Type number when number == typeof(int) => "a whole number",
        Type number when number == typeof(double) => "a number",
        _ => "a string",
    };
}
