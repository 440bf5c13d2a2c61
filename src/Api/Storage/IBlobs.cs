namespace RnnService.Api.Storage;

/// <summary>
/// Stores large values: weights and checkpoints. A value belongs to a row of another table, is written in the transaction of the change that it belongs to, and is deleted with its owner. Each method uses the
/// caller's context, and thereby its transaction, if it has one.
/// </summary>
/// <remarks>An implementation with object storage has the rules of <c>docs/decisions/blobs.md</c>.</remarks>
internal interface IBlobs
{
    /// <summary>Returns the length of a value in bytes without reading it; null if the owner has none.</summary>
    Task<long?> FindLengthAsync(ServiceDbContext database, BlobColumn column, Guid owner, CancellationToken cancellation);

    /// <summary>Reads a whole value; null if the owner has none.</summary>
    Task<byte[]?> FindAsync(ServiceDbContext database, BlobColumn column, Guid owner, CancellationToken cancellation);

    /// <summary>Reads a part of a value, without having the others in memory. The database connection is released on return.</summary>
    /// <param name="database">The context, without a transaction.</param>
    /// <param name="column">The column.</param>
    /// <param name="owner">The owner of the value.</param>
    /// <param name="offset">The start of the part in bytes.</param>
    /// <param name="part">Receives the part. It is filled, unless the value ends before.</param>
    /// <param name="cancellation">Cancels the read.</param>
    /// <returns>The number of bytes that were read; null if the owner has no value.</returns>
    Task<int?> ReadAsync(ServiceDbContext database, BlobColumn column, Guid owner, long offset, Memory<byte> part, CancellationToken cancellation);

    /// <summary>Writes a value, or replaces it, in the caller's transaction. The owner's row exists.</summary>
    Task WriteAsync(ServiceDbContext database, BlobColumn column, Guid owner, byte[] content);

    /// <summary>Deletes the value of an owner that remains, if there is one, in the caller's transaction.</summary>
    Task DeleteAsync(ServiceDbContext database, BlobColumn column, Guid owner);
}
