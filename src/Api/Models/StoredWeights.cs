using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using RnnService.Api.Storage;

namespace RnnService.Api.Models;

/// <summary>
/// Reads weights from the database in parts. No connection is kept between two reads: a slow client would otherwise hold a read transaction, and the write-ahead log
/// could not be reset.
/// </summary>
internal sealed class StoredWeights(IDbContextFactory<ServiceDbContext> databases)
{
    private const int BlockSize = 64 * 1024;

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
            await WithContentAsync(
                model,
                content =>
                {
                    while (content.Read(block) is int read and > 0)
                    {
                        cancellation.ThrowIfCancellationRequested();
                        hash.AppendData(block, 0, read);
                    }

                    return 0;
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
    public Task<int> ReadAsync(ModelVersion model, long offset, Memory<byte> buffer, CancellationToken cancellation) => WithContentAsync(
        model,
        content =>
        {
            content.Seek(offset, SeekOrigin.Begin);
            return content.Read(buffer.Span);
        },
        cancellation);

    private async Task<int> WithContentAsync(ModelVersion model, Func<SqliteBlob, int> read, CancellationToken cancellation)
    {
        await using ServiceDbContext database = await databases.CreateDbContextAsync(cancellation);
        await database.Database.OpenConnectionAsync(cancellation);
        SqliteConnection connection = (SqliteConnection)database.Database.GetDbConnection();
        long row = await database.Database.SqlQuery<long?>($"SELECT rowid AS Value FROM model_weights WHERE model_id = {model.Id}").SingleOrDefaultAsync(cancellation)
            ?? throw new ModelNotFoundException(model.Id.ToString());

        // An incremental blob reads only the pages of its range; a query would read the whole column.
        await using SqliteBlob content = new(connection, "model_weights", "content", row, readOnly: true);
        return read(content);
    }
}
