using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using RnnService.Api.Http;
using RnnService.Api.Storage;

namespace RnnService.Api.Models;

/// <summary>Stores the trained models.</summary>
internal sealed class ModelRegistry(IDbContextFactory<ServiceDbContext> databases, StoredWeights weights, ModelNotifier notifier)
{
    /// <exception cref="ModelNotFoundException">No model has this id, or the text is not an id.</exception>
    public async Task<ModelVersion> GetAsync(string id, CancellationToken cancellation)
    {
        await using ServiceDbContext database = await databases.CreateDbContextAsync(cancellation);
        ModelVersion? model = Guid.TryParse(id, out Guid parsed)
            ? await database.Set<ModelVersion>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == parsed, cancellation)
            : null;
        return model ?? throw new ModelNotFoundException(id);
    }

    /// <summary>Finds a model by its version number; null if there is none.</summary>
    public async Task<ModelVersion?> FindAsync(int number, CancellationToken cancellation)
    {
        await using ServiceDbContext database = await databases.CreateDbContextAsync(cancellation);
        return await database.Set<ModelVersion>().AsNoTracking().SingleOrDefaultAsync(row => row.Number == number, cancellation);
    }

    /// <summary>Lists all version numbers, oldest first.</summary>
    public async Task<IReadOnlyList<int>> ListNumbersAsync(CancellationToken cancellation)
    {
        await using ServiceDbContext database = await databases.CreateDbContextAsync(cancellation);
        return await database.Set<ModelVersion>().Select(row => row.Number).Order().ToListAsync(cancellation);
    }

    public async Task<Page<ModelVersion>> ListAsync(Paging paging, CancellationToken cancellation)
    {
        await using ServiceDbContext database = await databases.CreateDbContextAsync(cancellation);
        return await paging.OfAsync(database.Set<ModelVersion>(), database.Set<ModelVersion>(), cancellation);
    }

    /// <summary>Finds the best candidate for the active model: the pinned one, or else the newest; null if there is none.</summary>
    /// <param name="except">Models that are no candidates.</param>
    /// <param name="cancellation">Cancels the query.</param>
    public async Task<Guid?> FindCandidateAsync(IReadOnlyCollection<Guid> except, CancellationToken cancellation)
    {
        await using ServiceDbContext database = await databases.CreateDbContextAsync(cancellation);
        DbSet<ModelPin> pins = database.Set<ModelPin>();
        Guid[] skipped = [.. except];
        return await database.Set<ModelVersion>()
            .Where(model => !skipped.Contains(model.Id))
            .OrderByDescending(model => pins.Any(pin => pin.ModelId == model.Id))
            .ThenByDescending(model => model.Number)
            .Select(model => (Guid?)model.Id)
            .FirstOrDefaultAsync(cancellation);
    }

    public async Task<Guid?> FindPinAsync(CancellationToken cancellation)
    {
        await using ServiceDbContext database = await databases.CreateDbContextAsync(cancellation);
        return await database.Set<ModelPin>().Select(pin => (Guid?)pin.ModelId).SingleOrDefaultAsync(cancellation);
    }

    /// <summary>Pins a model; null removes the pin.</summary>
    public async Task PinAsync(Guid? id, CancellationToken cancellation)
    {
        await DatabaseConflict.RetryAsync(() => TryPinAsync(id, cancellation), cancellation);
        notifier.Notify();
    }

    /// <exception cref="ModelNotFoundException">No model has this id.</exception>
    public async Task DeleteAsync(Guid id, CancellationToken cancellation)
    {
        await using ServiceDbContext database = await databases.CreateDbContextAsync(cancellation);
        if (await database.Set<ModelVersion>().Where(model => model.Id == id).ExecuteDeleteAsync(cancellation) == 0)
        {
            throw new ModelNotFoundException(id.ToString());
        }

        notifier.Notify();
    }

    /// <summary>Adds a model in the caller's transaction.</summary>
    /// <param name="database">The context with the transaction.</param>
    /// <param name="model">The model.</param>
    /// <param name="content">Its weights, a safetensors file.</param>
    public async Task AddAsync(ServiceDbContext database, ModelVersion model, byte[] content)
    {
        await database.AddAsync(model);
        await database.SaveChangesAsync();
        await weights.AddAsync(database, model, content);
    }

    /// <summary>Serializable: two concurrent pins must not both remain.</summary>
    private async Task<Guid?> TryPinAsync(Guid? id, CancellationToken cancellation)
    {
        await using ServiceDbContext database = await databases.CreateDbContextAsync(cancellation);
        await using IDbContextTransaction transaction = await database.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellation);
        await database.Set<ModelPin>().ExecuteDeleteAsync(cancellation);
        if (id is Guid pinned)
        {
            database.Add(new ModelPin(pinned));
            await database.SaveChangesAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
        return id;
    }
}
