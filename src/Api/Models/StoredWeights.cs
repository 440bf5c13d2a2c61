using System.Buffers;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using RnnService.Api.Storage;

namespace RnnService.Api.Models;

/// <summary>
/// Reads weights from the database in parts. No connection is kept between two reads: a slow client would otherwise hold a read transaction, and the write-ahead log
/// could not be reset.
/// </summary>
internal sealed class StoredWeights(IDbContextFactory<ServiceDbContext> databases, IBlobReader blobs)
{
    private const int BlockSize = 64 * 1024;

    private static readonly BlobColumn Column = new("model_weights", "model_id", "content");

    /// <summary>Returns the size of a model's weights in bytes without reading them.</summary>
    /// <exception cref="ModelNotFoundException">The model was deleted in the meantime.</exception>
    public async Task<long> GetLengthAsync(ModelVersion model, CancellationToken cancellation)
    {
        await using ServiceDbContext database = await databases.CreateDbContextAsync(cancellation);
        return await database.Set<ModelWeights>().Where(row => row.ModelId == model.Id).Select(row => (long?)row.Content.Length).SingleOrDefaultAsync(cancellation)
            ?? throw new ModelNotFoundException(model.Id.ToString());
    }

    /// <summary>Verifies that the weights have not changed since the training.</summary>
    /// <exception cref="ModelNotFoundException">The model was deleted in the meantime.</exception>
    /// <exception cref="ModelDamagedException">The weights have changed.</exception>
    public async Task CheckAsync(ModelVersion model, CancellationToken cancellation)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] block = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            await ReadAsync(
                model,
                offset: 0,
                length: long.MaxValue,
                async content =>
                {
                    while (await content.ReadAsync(block, cancellation) is int read and > 0)
                    {
                        hash.AppendData(block, 0, read);
                    }
                },
                cancellation);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }

        model.CheckHash(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>Reads a part of the weights.</summary>
    /// <returns>The number of bytes that were read; 0 at the end.</returns>
    /// <exception cref="ModelNotFoundException">The model was deleted in the meantime.</exception>
    public async Task<int> ReadAsync(ModelVersion model, long offset, Memory<byte> buffer, CancellationToken cancellation)
    {
        int read = 0;
        await ReadAsync(model, offset, buffer.Length, async content => read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation), cancellation);
        return read;
    }

    private async Task ReadAsync(ModelVersion model, long offset, long length, Func<Stream, Task> read, CancellationToken cancellation)
    {
        if (!await blobs.ReadAsync(Column, model.Id, offset, length, read, cancellation))
        {
            throw new ModelNotFoundException(model.Id.ToString());
        }
    }
}
