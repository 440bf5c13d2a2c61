using RnnService.Api.Models;
using RnnService.Model.Images;
using RnnService.Model.Inference;

namespace RnnService.Api.Prediction;

/// <summary>Asks the model that serves, or another one.</summary>
internal sealed class Predictor(PredictionBatcher batcher, ModelCache loaded)
{
    /// <param name="image">What is to be told.</param>
    /// <param name="model">The model to ask; null for the one that serves.</param>
    /// <param name="trace">Whether to tell what the network believed after each row as well.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <exception cref="NoModelException">There is none that serves.</exception>
    public async Task<Model.Inference.Prediction> PredictAsync(IDigit image, ModelVersion? model, bool trace, CancellationToken cancellation)
    {
        using DigitClassifier? other = await FindAsync(model, cancellation);
        return other is not null || batcher.IsServing
            ? await batcher.ClassifyAsync(image, other, trace, cancellation)
            : throw new NoModelException();
    }

    /// <param name="images">What is to be told, all by the same model.</param>
    /// <param name="model">The model to ask; null for the one that serves now.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <exception cref="NoModelException">There is none that serves.</exception>
    public async Task<IReadOnlyList<Model.Inference.Prediction>> PredictAllAsync(IReadOnlyList<IDigit> images, ModelVersion? model, CancellationToken cancellation)
    {
        using DigitClassifier asked = await FindAsync(model, cancellation) ?? batcher.ShareServing() ?? throw new NoModelException();
        return await batcher.ClassifyAllAsync(images, asked, cancellation);
    }

    /// <summary>The model that is asked for, with the caller as one of its owners; null for whichever serves.</summary>
    private async Task<DigitClassifier?> FindAsync(ModelVersion? model, CancellationToken cancellation)
    {
        if (model is null)
        {
            return null;
        }

        DigitClassifier? serving = batcher.ShareServing();
        if (serving?.Model.Id == model.Id)
        {
            return serving;
        }

        serving?.Dispose();
        return await loaded.ShareAsync(model, cancellation);
    }
}
