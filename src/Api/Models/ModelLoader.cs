using RnnService.Model.Inference;
using RnnService.Model.Networks;

namespace RnnService.Api.Models;

/// <summary>Loads the networks of models. It verifies the weights and warms the network up.</summary>
internal sealed class ModelLoader(ModelRegistry models, PredictionBatcher batcher)
{
    /// <exception cref="ModelNotFoundException">The model was deleted in the meantime.</exception>
    /// <exception cref="ModelDamagedException">The model is damaged.</exception>
    public async Task<DigitClassifier> LoadAsync(ModelVersion model, CancellationToken cancellation)
    {
        byte[] weights = await models.GetWeightsAsync(model, cancellation);
        using DigitClassifier classifier = new(Load(model, weights), model.Identity);
        classifier.WarmUp(batcher.MaxBatch);
        return classifier.Share();
    }

    private static DigitNetwork Load(ModelVersion model, byte[] weights)
    {
        try
        {
            return DigitNetwork.Load(model.Settings.NetworkSettings, weights);
        }
        catch (InvalidDataException e)
        {
            throw new ModelDamagedException(model, e.Message, e);
        }
    }
}
