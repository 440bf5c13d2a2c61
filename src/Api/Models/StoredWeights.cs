using System.Buffers;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using RnnService.Api.Storage;

namespace RnnService.Api.Models;

/// <summary>
/// Stores the weights of models, and reads them whole or in parts. No connection is kept between two parts: a slow client would otherwise hold a read transaction, and the
/// write-ahead log could not be reset.
/// </summary>
internal sealed class StoredWeights(IDbContextFactory<ServiceDbContext> databases, IBlobs blobs)
{
    private const int BlockSize = 64 * 1024;

    private static readonly BlobColumn Column = new("model_weights", "model_id", "content");

    /// <summary>Adds the weights of a model in the caller's transaction.</summary>
    public Task AddAsync(ServiceDbContext database, ModelVersion model, byte[] content) => blobs.WriteAsync(database, Column, model.Id, content);

    /// <summary>Reads and verifies the weights of a model.</summary>
    /// <exception cref="ModelNotFoundException">The model was deleted in the meantime.</exception>
    /// <exception cref="ModelDamagedException">The weights have changed since the training.</exception>
    public async Task<byte[]> GetAsync(ModelVersion model, CancellationToken cancellation)
    {
        await using ServiceDbContext database = await databases.CreateDbContextAsync(cancellation);
        byte[] content = await blobs.FindAsync(database, Column, model.Id, cancellation) ?? throw new ModelNotFoundException(model.Id.ToString());
        model.Check(content);
        return content;
    }

    /// <summary>Returns the size of a model's weights in bytes without reading them.</summary>
    /// <exception cref="ModelNotFoundException">The model was deleted in the meantime.</exception>
    public async Task<long> GetLengthAsync(ModelVersion model, CancellationToken cancellation)
    {
        await using ServiceDbContext database = await databases.CreateDbContextAsync(cancellation);
        return await blobs.FindLengthAsync(database, Column, model.Id, cancellation) ?? throw new ModelNotFoundException(model.Id.ToString());
    }

    /// <summary>Verifies that the weights have not changed since the training, with the memory of one block.</summary>
    /// <exception cref="ModelNotFoundException">The model was deleted in the meantime.</exception>
    /// <exception cref="ModelDamagedException">The weights have changed.</exception>
    public async Task CheckAsync(ModelVersion model, CancellationToken cancellation)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] block = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            long offset = 0;
            while (await ReadAsync(model, offset, block, cancellation) is int read and > 0)
            {
                hash.AppendData(block, 0, read);
                offset += read;
            }
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
    public async Task<int> ReadAsync(ModelVersion model, long offset, Memory<byte> part, CancellationToken cancellation)
    {
        await using ServiceDbContext database = await databases.CreateDbContextAsync(cancellation);
        return await blobs.ReadAsync(database, Column, model.Id, offset, part, cancellation) ?? throw new ModelNotFoundException(model.Id.ToString());
    }
}
