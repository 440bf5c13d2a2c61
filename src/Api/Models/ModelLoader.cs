using RnnService.Model.Architecture;
using RnnService.Model.Inference;

namespace RnnService.Api.Models;

/// <summary>Loads the networks of models. Verifies the weights.</summary>
internal sealed class ModelLoader(StoredWeights stored, PredictionBatcher batcher)
{
    /// <summary>Loads a network for serving, and warms it up.</summary>
    /// <exception cref="ModelNotFoundException">The model was deleted in the meantime.</exception>
    /// <exception cref="ModelDamagedException">The model is damaged.</exception>
    public Task<DigitClassifier> LoadAsync(ModelVersion model, CancellationToken cancellation) =>
        LoadAsync(model, classifier => classifier.WarmUp(batcher.MaxBatch), cancellation);

    /// <summary>Loads a network for a scan, without the forward passes that warm it up: they do not have the low priority of the scan.</summary>
    /// <exception cref="ModelNotFoundException">The model was deleted in the meantime.</exception>
    /// <exception cref="ModelDamagedException">The model is damaged.</exception>
    public Task<DigitClassifier> LoadForScanAsync(ModelVersion model, CancellationToken cancellation) => LoadAsync(model, _ => { }, cancellation);

    /// <summary>Reads a model's architecture and weights.</summary>
    /// <exception cref="ModelNotFoundException">The model was deleted in the meantime.</exception>
    /// <exception cref="ModelDamagedException">The model is damaged.</exception>
    public async Task<NetworkFile> ReadAsync(ModelVersion model, CancellationToken cancellation)
    {
        byte[] weights = await stored.GetAsync(model, cancellation);

        // The first models were stored without their architecture in the file.
        return ThrowIfDamaged(model, () => NetworkFile.Parse(weights, model.Settings.NetworkSettings));
    }

    private async Task<DigitClassifier> LoadAsync(ModelVersion model, Action<DigitClassifier> prepare, CancellationToken cancellation)
    {
        NetworkFile file = await ReadAsync(model, cancellation);
        return ThrowIfDamaged(model, () =>
        {
            using DigitClassifier classifier = new(new CompiledNetwork(file), model.Identity);
            prepare(classifier);
            return classifier.Share();
        });
    }

    /// <summary>Parsing and compiling depend on nothing but the stored model: whatever they throw, the model is damaged.</summary>
    private static T ThrowIfDamaged<T>(ModelVersion model, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new ModelDamagedException(model, e.Message, e);
        }
    }
}
