using RnnService.Api.Storage;
using RnnService.Model.Inference;

namespace RnnService.Api.Models;

/// <summary>
/// Manages the active model: the pinned model or, if none is pinned, the latest. A model that cannot be loaded is never activated; the next candidate is tried. Models are
/// loaded before the gate is entered, so an activation does not delay others.
/// </summary>
internal sealed partial class ActiveModel(ModelRegistry models, ModelNotifier notifier, ModelLoader loader, PredictionBatcher batcher, ILogger<ActiveModel> logger) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1);

    /// <summary>Why models were skipped, so that the periodic reconciliation logs each reason once.</summary>
    private volatile IReadOnlyDictionary<Guid, string> skippedBefore = new Dictionary<Guid, string>();

    /// <summary>The active model; null if no model has been trained yet.</summary>
    public ModelVersion? Current { get; private set; }

    /// <summary>Activates the model that the database specifies, unless it is active. A model that cannot be loaded is skipped in favor of the next candidate.</summary>
    public Task RefreshAsync(CancellationToken cancellation) => ActivateBestAsync(loaded: null, cancellation);

    /// <summary>Activates a model that this process has added, unless another one is pinned, and lets the other processes do the same.</summary>
    public Task PublishAsync(CancellationToken cancellation)
    {
        notifier.Notify();
        return RefreshAsync(cancellation);
    }

    /// <summary>Pins a model, so that it stays active when others are trained; null activates the latest model and each newly trained one.</summary>
    /// <exception cref="ModelNotFoundException">The model was deleted in the meantime.</exception>
    /// <exception cref="ModelDamagedException">The model is damaged. The active model does not change.</exception>
    public async Task PinAsync(ModelVersion? model, CancellationToken cancellation)
    {
        LoadedModel? loaded = model is null || model.Id == Current?.Id ? null : await LoadAsync(model, cancellation);
        try
        {
            await WithGateAsync(
                async () =>
                {
                    // It may have been deleted during the load.
                    Guid? pinned = model is null ? null : (await models.GetAsync(model.Id.ToString(), cancellation)).Id;
                    await models.PinAsync(pinned, cancellation);
                },
                cancellation);
        }
        catch
        {
            loaded?.Classifier.Dispose();
            throw;
        }

        // The pin is committed, so the model must be activated even if the client disconnects.
        await ActivateBestAsync(loaded, CancellationToken.None);
    }

    /// <summary>Deletes a model without reading it, so that one that cannot be read can be deleted.</summary>
    /// <exception cref="ModelActiveException">The model is active.</exception>
    /// <exception cref="ModelNotFoundException">No model has this id.</exception>
    public Task DeleteAsync(Guid id, CancellationToken cancellation) => WithGateAsync(
        () => id == Current?.Id ? throw new ModelActiveException(id) : models.DeleteAsync(id, cancellation), cancellation);

    public void Dispose() => gate.Dispose();

    /// <param name="loaded">A model that is already loaded, or null. This method disposes of it.</param>
    /// <param name="cancellation">Cancels the loading, but not the activation.</param>
    private async Task ActivateBestAsync(LoadedModel? loaded, CancellationToken cancellation)
    {
        Dictionary<Guid, string> skipped = [];
        try
        {
            // What is best can change during a load, so it is looked up again before the activation.
            while (await TryActivateBestAsync(loaded, skipped.Keys, cancellation) is Guid best)
            {
                loaded?.Classifier.Dispose();
                loaded = null;
                loaded = await LoadOrSkipAsync(best, skipped, cancellation);
            }

            skippedBefore = skipped;
        }
        finally
        {
            loaded?.Classifier.Dispose();
        }
    }

    /// <summary>Activates the best candidate if it is loaded.</summary>
    /// <returns>The candidate if it is not loaded; null if it is active or there is none.</returns>
    private async Task<Guid?> TryActivateBestAsync(LoadedModel? loaded, IReadOnlyCollection<Guid> skipped, CancellationToken cancellation)
    {
        Guid? best = null;
        await WithGateAsync(
            async () =>
            {
                best = await models.FindCandidateAsync(skipped, cancellation);
                if (loaded is not null && best == loaded.Version.Id && best != Current?.Id)
                {
                    batcher.Activate(loaded.Classifier.Share());
                    Current = loaded.Version;
                    LogActivated(loaded.Version.Id, loaded.Version.Number);
                }
            },
            cancellation);
        return best == Current?.Id ? null : best;
    }

    private async Task<LoadedModel?> LoadOrSkipAsync(Guid id, Dictionary<Guid, string> skipped, CancellationToken cancellation)
    {
        try
        {
            return await LoadAsync(await models.GetAsync(id.ToString(), cancellation), cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && !DatabaseFaults.IsTransient(e))
        {
            skipped.Add(id, e.Message);
            if (skippedBefore.GetValueOrDefault(id) != e.Message)
            {
                LogSkipped(e, id);
            }

            return null;
        }
    }

    private async Task<LoadedModel> LoadAsync(ModelVersion version, CancellationToken cancellation) => new(version, await loader.LoadAsync(version, cancellation));

    private async Task WithGateAsync(Func<Task> action, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            await action();
        }
        finally
        {
            gate.Release();
        }
    }

    [LoggerMessage(LogLevel.Information, "Model {ModelId}, version {Version}, is active")]
    private partial void LogActivated(Guid modelId, int version);

    [LoggerMessage(LogLevel.Error, "Model {ModelId} cannot be loaded and was skipped; it is tried again periodically")]
    private partial void LogSkipped(Exception exception, Guid modelId);

    private sealed record LoadedModel(ModelVersion Version, DigitClassifier Classifier);
}
