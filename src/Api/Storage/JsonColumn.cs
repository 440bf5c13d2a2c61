using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RnnService.Api.Storage;

/// <summary>Stores a property as JSON in one column.</summary>
internal static class JsonColumn
{
    /// <param name="property">The property.</param>
    /// <param name="toStored">Converts the property's value to the stored type.</param>
    /// <param name="fromStored">Converts it back.</param>
    public static void HasJsonConversion<T, TStored>(this PropertyBuilder<T> property, Func<T, TStored> toStored, Func<TStored, T> fromStored)
        where TStored : IStoredValue => property.HasConversion(
            value => StoredJson.Serialize(toStored(value)),
            json => fromStored(StoredJson.Deserialize<TStored>(json)));
}
