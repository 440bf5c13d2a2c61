using RnnService.Model.Inference;

namespace RnnService.Api.Models;

/// <summary>Serves the model that should serve: the pinned one, or else the latest. None serves that is not as it was trained.</summary>
internal sealed partial class ActiveModel(ModelRegistry models, ModelLoader loader, PredictionBatcher batcher, ILogger<ActiveModel> logger) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1);

    /// <summary>The model that serves; null when none has been trained yet.</summary>
    public ModelVersion? Current { get; private set; }

    /// <summary>Serves what the database says. A damaged model is passed over, and the best before it serves.</summary>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            await ServeBestAsync(ready: null, cancellation);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Serves a model from now on, whatever is trained later; null for the latest, whenever there is a new one.</summary>
    /// <exception cref="ModelDamagedException">It is not as it was trained; what served before serves on.</exception>
    public async Task PinAsync(ModelVersion? model, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            using DigitClassifier? ready = model is null ? null : await loader.LoadAsync(model, cancellation);
            await models.PinAsync(model?.Id, cancellation);

            // What is written down must serve, whether or not the client waits for it.
            await ServeBestAsync(ready, CancellationToken.None);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <exception cref="ModelActiveException">It serves now.</exception>
    public async Task DeleteAsync(ModelVersion model, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            if (model.Id == Current?.Id)
            {
                throw new ModelActiveException(model);
            }

            await models.DeleteAsync(model.Id, cancellation);
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    /// <param name="ready">A model that is loaded already; null when none is.</param>
    /// <param name="cancellation">Ends it before a model is loaded, not while one takes over.</param>
    private async Task ServeBestAsync(DigitClassifier? ready, CancellationToken cancellation)
    {
        foreach (ModelVersion model in await models.ListCandidatesAsync(cancellation))
        {
            if (model.Id == Current?.Id)
            {
                return;
            }

            try
            {
                batcher.Serve(ready?.Model.Id == model.Id ? ready.Share() : await loader.LoadAsync(model, cancellation));
            }
            catch (ModelDamagedException damage)
            {
                LogDamaged(damage, model.Id);
                continue;
            }

            Current = model;
            LogServes(model.Id, model.Number);
            return;
        }
    }

    [LoggerMessage(LogLevel.Information, "Model {ModelId}, version {Version}, serves")]
    private partial void LogServes(Guid modelId, int version);

    [LoggerMessage(LogLevel.Error, "Model {ModelId} is passed over")]
    private partial void LogDamaged(Exception damage, Guid modelId);
}
