using System.Text.Json;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RnnService.Api.Hosting;

namespace RnnService.Api.Storage;

/// <summary>Keeps a value that is only ever read whole as JSON in one column.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Json = ServiceJson.Configured(new JsonSerializerOptions(JsonSerializerDefaults.Web) { IgnoreReadOnlyProperties = true });

    public static void HasJsonText<T>(this PropertyBuilder<T> property) => property.HasJsonText(value => value, (T value) => value);

    /// <summary>For a value that JSON cannot make again: keeps what it is made of.</summary>
    public static void HasJsonText<T, TStored>(this PropertyBuilder<T> property, Func<T, TStored> from, Func<TStored, T> to) => property.HasConversion(
        value => JsonSerializer.Serialize(from(value), Json),
        text => to(JsonSerializer.Deserialize<TStored>(text, Json)!));
}
