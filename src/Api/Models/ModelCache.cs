using Microsoft.Extensions.Options;
using RnnService.Model.Inference;

namespace RnnService.Api.Models;

/// <summary>Keeps the most recently used inactive models loaded.</summary>
internal sealed class ModelCache(ModelLoader loader, IOptions<ModelCacheOptions> options) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private readonly LinkedList<DigitClassifier> mostRecentFirst = [];

    /// <summary>Returns the model's classifier. The caller shares its ownership and disposes of it.</summary>
    /// <exception cref="ModelDamagedException">The model is damaged.</exception>
    public async Task<DigitClassifier> ShareAsync(ModelVersion model, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            DigitClassifier? classifier = mostRecentFirst.FirstOrDefault(loaded => loaded.Model.Id == model.Id);
            if (classifier is null)
            {
                classifier = await loader.LoadAsync(model, cancellation);
            }
            else
            {
                mostRecentFirst.Remove(classifier);
            }

            mostRecentFirst.AddFirst(classifier);
            while (mostRecentFirst.Count > options.Value.LoadedModels)
            {
                mostRecentFirst.Last!.Value.Dispose();
                mostRecentFirst.RemoveLast();
            }

            return classifier.Share();
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose()
    {
        foreach (DigitClassifier classifier in mostRecentFirst)
        {
            classifier.Dispose();
        }

        gate.Dispose();
    }
}
