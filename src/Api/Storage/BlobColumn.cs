namespace RnnService.Api.Storage;

/// <summary>A column of large values, which has at most one for each owner.</summary>
/// <param name="Table">The table.</param>
/// <param name="Owner">The column of the primary key, which refers to the owner's row.</param>
/// <param name="Content">The column of the values.</param>
internal sealed record BlobColumn(string Table, string Owner, string Content);
