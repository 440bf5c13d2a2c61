using RnnService.Model.Architecture;
using RnnService.Model.Inference;

namespace RnnService.Api.Models;

/// <summary>Loads the networks of models. Verifies the weights and warms up the network.</summary>
internal sealed class ModelLoader(ModelRegistry models, PredictionBatcher batcher)
{
    /// <exception cref="ModelNotFoundException">The model was deleted in the meantime.</exception>
    /// <exception cref="ModelDamagedException">The model is damaged.</exception>
    public async Task<DigitClassifier> LoadAsync(ModelVersion model, CancellationToken cancellation)
    {
        using DigitClassifier classifier = new(new CompiledNetwork(await ReadAsync(model, cancellation)), model.Identity);
        classifier.WarmUp(batcher.MaxBatch);
        return classifier.Share();
    }

    /// <summary>Reads a model's architecture and weights.</summary>
    /// <exception cref="ModelNotFoundException">The model was deleted in the meantime.</exception>
    /// <exception cref="ModelDamagedException">The model is damaged.</exception>
    public async Task<NetworkFile> ReadAsync(ModelVersion model, CancellationToken cancellation)
    {
        byte[] weights = await models.GetWeightsAsync(model, cancellation);
        try
        {
            // The files of earlier versions do not contain the architecture.
            return NetworkFile.Parse(weights, model.Settings.NetworkSettings);
        }
        catch (InvalidDataException e)
        {
            throw new ModelDamagedException(model, e.Message, e);
        }
    }
}
