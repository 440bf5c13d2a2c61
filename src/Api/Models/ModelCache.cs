using System.Diagnostics.Metrics;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using RnnService.Api.Admission;
using RnnService.Model.Inference;

namespace RnnService.Api.Models;

/// <summary>Keeps the most recently used inactive models loaded. Callers of one model share its load; callers of other models do not wait for it.</summary>
internal sealed class ModelCache : IDisposable
{
    private const int MaxQueuedLoads = 64;

    private readonly ModelLoader loader;
    private readonly int capacity;
    private readonly PermitPool loads;
    private readonly Lock gate = new();
    private readonly LinkedList<CachedModel> mostRecentFirst = [];

    public ModelCache(ModelLoader loader, IOptions<ModelCacheOptions> options, IMeterFactory meters)
    {
        this.loader = loader;
        capacity = options.Value.LoadedModels;
        loads = new PermitPool(
            new PermitDescription("rnn.models.loads", "loads of models", Environment.ProcessorCount, MaxQueuedLoads, TimeSpan.FromSeconds(1)), meters);
    }

    /// <summary>Returns the model's classifier. The caller shares its ownership and disposes of it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cancellation">Cancels the wait, but not the load.</param>
    /// <exception cref="ModelDamagedException">The model is damaged.</exception>
    /// <exception cref="NoPermitException">Too many other models are being loaded.</exception>
    public async Task<DigitClassifier> ShareAsync(ModelVersion model, CancellationToken cancellation)
    {
        CachedModel cached = Use(model);
        try
        {
            return (await cached.Load.WaitAsync(cancellation)).Share();
        }
        finally
        {
            Release(cached);
        }
    }

    /// <summary>Finds a model that is loaded; null if there is none.</summary>
    public ModelVersion? Find(Func<ModelVersion, bool> isSelected)
    {
        lock (gate)
        {
            return mostRecentFirst.FirstOrDefault(cached => cached.Load.IsCompletedSuccessfully && isSelected(cached.Version))?.Version;
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            while (mostRecentFirst.Last is not null)
            {
                RemoveLast();
            }
        }

        loads.Dispose();
    }

    private CachedModel Use(ModelVersion model)
    {
        lock (gate)
        {
            CachedModel? cached = mostRecentFirst.FirstOrDefault(candidate => candidate.Version.Id == model.Id && !candidate.Load.IsFaulted);
            if (cached is null)
            {
                cached = new CachedModel(model, Task.Run(() => LoadAsync(model)));
            }
            else
            {
                mostRecentFirst.Remove(cached);
            }

            cached.Users++;
            mostRecentFirst.AddFirst(cached);
            while (mostRecentFirst.Count > capacity)
            {
                RemoveLast();
            }

            return cached;
        }
    }

    private void Release(CachedModel cached)
    {
        lock (gate)
        {
            cached.Users--;
            if (cached.Load.IsFaulted)
            {
                mostRecentFirst.Remove(cached);
            }

            cached.DisposeIfUnused();
        }
    }

    private void RemoveLast()
    {
        CachedModel last = mostRecentFirst.Last!.Value;
        mostRecentFirst.RemoveLast();
        last.IsEvicted = true;
        last.DisposeIfUnused();
    }

    private async Task<DigitClassifier> LoadAsync(ModelVersion model)
    {
        using RateLimitLease permit = await loads.TakeAsync(CancellationToken.None);
        return await loader.LoadAsync(model, CancellationToken.None);
    }
}
