using RnnService.Model.Inference;
using RnnService.Model.Networks;

namespace RnnService.Api.Models;

/// <summary>Makes networks of models. None is made that is not as it was trained, and none is handed over before it has calculated.</summary>
internal sealed class ModelLoader(ModelRegistry models, PredictionBatcher batcher)
{
    /// <exception cref="ModelNotFoundException">The model was deleted meanwhile.</exception>
    /// <exception cref="ModelDamagedException">It is not as it was trained.</exception>
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
