using System.Text.Json;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RnnService.Api.Hosting;

namespace RnnService.Api.Storage;

/// <summary>Keeps a value that is only ever read whole as JSON in one column.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Json = ServiceJson.Configured(new JsonSerializerOptions(JsonSerializerDefaults.Web) { IgnoreReadOnlyProperties = true });

    public static PropertyBuilder<T> HasJsonText<T>(this PropertyBuilder<T> property) =>
        property.HasConversion(value => JsonSerializer.Serialize(value, Json), text => JsonSerializer.Deserialize<T>(text, Json)!);
}
