namespace RnnService.Api.Storage;

/// <summary>Reads large values in parts, without having all of a value in memory.</summary>
internal interface IBlobReader
{
    /// <summary>Reads a part of a value. The database connection is released on return.</summary>
    /// <param name="column">The column.</param>
    /// <param name="key">The key of the row.</param>
    /// <param name="offset">The start of the part in bytes.</param>
    /// <param name="length">The length of the part in bytes, limited by the end of the value.</param>
    /// <param name="read">Reads the part as a stream, which cannot seek.</param>
    /// <param name="cancellation">Cancels the read.</param>
    /// <returns>False if there is no such row.</returns>
    Task<bool> ReadAsync(BlobColumn column, Guid key, long offset, long length, Func<Stream, Task> read, CancellationToken cancellation);
}
