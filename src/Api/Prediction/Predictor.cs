using RnnService.Api.Models;
using RnnService.Model.Images;
using RnnService.Model.Inference;

namespace RnnService.Api.Prediction;

/// <summary>Classifies images with the active model or another one.</summary>
internal sealed class Predictor(PredictionBatcher batcher, ModelCache cache)
{
    /// <param name="image">The image.</param>
    /// <param name="model">The model to use; null for the active one.</param>
    /// <param name="trace">Whether to return the probabilities after each row.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <exception cref="NoModelException">No model is active.</exception>
    public async Task<Model.Inference.Prediction> PredictAsync(IDigit image, ModelVersion? model, bool trace, CancellationToken cancellation)
    {
        using DigitClassifier? other = await FindAsync(model, cancellation);
        return other is not null || batcher.IsServing
            ? await batcher.ClassifyAsync(image, other, trace, cancellation)
            : throw new NoModelException();
    }

    /// <summary>Classifies several images with the same model.</summary>
    public Task<IReadOnlyList<Model.Inference.Prediction>> PredictAllAsync(IReadOnlyList<IDigit> images, ModelVersion? model, CancellationToken cancellation) =>
        PredictAllAsync(images, model, trace: false, cancellation);

    /// <param name="images">The images. They are all classified by the same model.</param>
    /// <param name="model">The model to use; null for the active one.</param>
    /// <param name="trace">Whether to return the probabilities after each row.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <exception cref="NoModelException">No model is active.</exception>
    public async Task<IReadOnlyList<Model.Inference.Prediction>> PredictAllAsync(IReadOnlyList<IDigit> images, ModelVersion? model, bool trace, CancellationToken cancellation)
    {
        using DigitClassifier classifier = await FindAsync(model, cancellation) ?? batcher.ShareActive() ?? throw new NoModelException();
        return await batcher.ClassifyAllAsync(images, classifier, trace, cancellation);
    }

    /// <summary>Returns the classifier of a model, which the caller disposes of; null for the active model.</summary>
    private async Task<DigitClassifier?> FindAsync(ModelVersion? model, CancellationToken cancellation)
    {
        if (model is null)
        {
            return null;
        }

        DigitClassifier? serving = batcher.ShareActive();
        if (serving?.Model.Id == model.Id)
        {
            return serving;
        }

        serving?.Dispose();
        return await cache.ShareAsync(model, cancellation);
    }
}
