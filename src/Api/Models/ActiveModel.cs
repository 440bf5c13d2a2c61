using RnnService.Model.Inference;

namespace RnnService.Api.Models;

/// <summary>Manages the active model: the pinned model or, if none is pinned, the latest. A damaged model is never activated.</summary>
internal sealed partial class ActiveModel(ModelRegistry models, ModelLoader loader, PredictionBatcher batcher, ILogger<ActiveModel> logger) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1);

    /// <summary>The active model; null if no model has been trained yet.</summary>
    public ModelVersion? Current { get; private set; }

    /// <summary>Activates the pinned or latest model. A damaged model is skipped, and the next candidate is tried.</summary>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            await ActivateBestAsync(loaded: null, cancellation);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Pins a model, so that it stays active when others are trained; null activates the latest model and each newly trained one.</summary>
    /// <exception cref="ModelDamagedException">The model is damaged. The active model does not change.</exception>
    public async Task PinAsync(ModelVersion? model, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            using DigitClassifier? loaded = model is null ? null : await loader.LoadAsync(model, cancellation);
            await models.PinAsync(model?.Id, cancellation);

            // The pin is committed, so the model must be activated even if the client disconnects.
            await ActivateBestAsync(loaded, CancellationToken.None);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <exception cref="ModelActiveException">The model is active.</exception>
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

    /// <param name="loaded">A model that is already loaded, or null.</param>
    /// <param name="cancellation">Cancels the loading, but not the activation.</param>
    private async Task ActivateBestAsync(DigitClassifier? loaded, CancellationToken cancellation)
    {
        foreach (ModelVersion model in await models.ListCandidatesAsync(cancellation))
        {
            if (model.Id == Current?.Id)
            {
                return;
            }

            try
            {
                batcher.Activate(loaded?.Model.Id == model.Id ? loaded.Share() : await loader.LoadAsync(model, cancellation));
            }
            catch (ModelDamagedException e)
            {
                LogSkipped(e, model.Id);
                continue;
            }

            Current = model;
            LogActivated(model.Id, model.Number);
            return;
        }
    }

    [LoggerMessage(LogLevel.Information, "Model {ModelId}, version {Version}, is active")]
    private partial void LogActivated(Guid modelId, int version);

    [LoggerMessage(LogLevel.Error, "Model {ModelId} is damaged and was skipped")]
    private partial void LogSkipped(Exception exception, Guid modelId);
}
