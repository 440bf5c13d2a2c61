namespace RnnService.Api.Storage;

/// <summary>A column of large values.</summary>
/// <param name="Table">The table.</param>
/// <param name="Key">The column of the primary key.</param>
/// <param name="Content">The column of the values.</param>
internal sealed record BlobColumn(string Table, string Key, string Content);
