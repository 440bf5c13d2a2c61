using Microsoft.Extensions.Options;
using RnnService.Api.Prediction;
using RnnService.Model.Inference;

namespace RnnService.Api.Models;

/// <summary>Keeps models ready for those who ask another one than the one that serves: those that were asked last.</summary>
internal sealed class LoadedModels(ModelLoader loader, IOptions<PredictionOptions> options) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private readonly LinkedList<DigitClassifier> lastAskedFirst = [];

    /// <summary>The model's classifier, with the caller as one of its owners.</summary>
    /// <exception cref="ModelDamagedException">It is not as it was trained.</exception>
    public async Task<DigitClassifier> ShareAsync(ModelVersion model, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            DigitClassifier? classifier = lastAskedFirst.FirstOrDefault(loaded => loaded.Model.Id == model.Id);
            if (classifier is null)
            {
                classifier = await loader.LoadAsync(model, cancellation);
            }
            else
            {
                lastAskedFirst.Remove(classifier);
            }

            lastAskedFirst.AddFirst(classifier);
            while (lastAskedFirst.Count > options.Value.LoadedModels)
            {
                lastAskedFirst.Last!.Value.Dispose();
                lastAskedFirst.RemoveLast();
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
        foreach (DigitClassifier classifier in lastAskedFirst)
        {
            classifier.Dispose();
        }

        gate.Dispose();
    }
}
