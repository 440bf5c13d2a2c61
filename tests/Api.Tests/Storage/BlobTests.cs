using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using RnnService.Api.Storage;
using RnnService.Testing;

namespace RnnService.Api.Tests.Storage;

public sealed class BlobTests : IAsyncDisposable
{
    private static readonly BlobColumn Weights = new("model_weights", "model_id", "content");

    private readonly TemporaryDirectory directory = new();
    private readonly Service service;
    private readonly ServiceDbContext database;
    private readonly IBlobs blobs;
    private readonly Guid model;

    public BlobTests()
    {
        RecordedResponses recorded = new("0dacae0");
        recorded.CopyIdleDatabaseTo(directory);
        model = recorded.Models[0].GetProperty("id").GetGuid();
        service = new Service(Database.In(directory), TimeProvider.System);
        database = service.Services.GetRequiredService<IDbContextFactory<ServiceDbContext>>().CreateDbContext();
        blobs = service.Services.GetRequiredService<IBlobs>();
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        await service.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task Parts_fill_the_buffer_and_end_with_the_value()
    {
        byte[] content = RandomNumberGenerator.GetBytes(100_000);
        await blobs.WriteAsync(database, Weights, model, content);

        Assert.Equal(content.Length, await blobs.FindLengthAsync(database, Weights, model, CancellationToken.None));
        Assert.Equal(content, await blobs.FindAsync(database, Weights, model, CancellationToken.None));
        Assert.Equal<byte[]>(content[..10], await ReadAsync(offset: 0, length: 10));
        Assert.Equal<byte[]>(content[50_000..80_000], await ReadAsync(offset: 50_000, length: 30_000));
        Assert.Equal<byte[]>(content[99_990..], await ReadAsync(offset: 99_990, length: 64));
        Assert.Empty(await ReadAsync(offset: 100_000, length: 64));
    }

    [Fact]
    public async Task Writes_and_deletions_take_effect_with_the_transaction_of_the_caller()
    {
        byte[]? before = await blobs.FindAsync(database, Weights, model, CancellationToken.None);
        await using (IDbContextTransaction undone = await database.Database.BeginTransactionAsync())
        {
            await blobs.WriteAsync(database, Weights, model, [1, 2, 3]);
            Assert.Equal(3, await blobs.FindLengthAsync(database, Weights, model, CancellationToken.None));
            await blobs.DeleteAsync(database, Weights, model);
            Assert.Null(await blobs.FindLengthAsync(database, Weights, model, CancellationToken.None));
        }

        Assert.Equal(before, await blobs.FindAsync(database, Weights, model, CancellationToken.None));
        await using (IDbContextTransaction transaction = await database.Database.BeginTransactionAsync())
        {
            await blobs.WriteAsync(database, Weights, model, [4, 5]);
            await transaction.CommitAsync();
        }

        Assert.Equal<byte[]>([4, 5], await blobs.FindAsync(database, Weights, model, CancellationToken.None));
    }

    [Fact]
    public async Task An_owner_without_a_value_has_null()
    {
        await blobs.DeleteAsync(database, Weights, model);

        Assert.Null(await blobs.FindLengthAsync(database, Weights, model, CancellationToken.None));
        Assert.Null(await blobs.FindAsync(database, Weights, model, CancellationToken.None));
        Assert.Null(await blobs.ReadAsync(database, Weights, model, 0, new byte[10], CancellationToken.None));
    }

    private async Task<byte[]> ReadAsync(long offset, int length)
    {
        byte[] part = new byte[length];
        int? read = await blobs.ReadAsync(database, Weights, model, offset, part, CancellationToken.None);
        return part[..read!.Value];
    }
}
