using RnnService.Model.Data;
using RnnService.Model.Images;
using RnnService.Model.Inference;

namespace RnnService.Api.Models;

/// <summary>Finds the test images that models misclassify. It takes about a second for 10,000 images, so the results of recently requested models are cached.</summary>
internal sealed class Misclassifications(ModelLoader loader, DatasetCatalog datasets) : IDisposable
{
    private const int MaxCached = 16;
    private const int BatchSize = 250;

    private readonly Lock gate = new();
    private readonly OrderedDictionary<Guid, Task<IReadOnlyList<Misclassification>>> cached = [];
    private readonly SemaphoreSlim scanGate = new(1);

    /// <summary>Returns the test images of a model.</summary>
    /// <exception cref="DatasetMissingException">The dataset is no longer configured.</exception>
    public DigitDataset TestImages(ModelVersion model) => (datasets.Find(model.Settings.Dataset) ?? throw new DatasetMissingException(model)).Test;

    /// <summary>Returns the images that a model misclassifies, in the order of the test set. Concurrent callers share one scan.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cancellation">Cancels the wait, but not the scan, whose result is cached.</param>
    /// <exception cref="DatasetMissingException">The dataset is no longer configured.</exception>
    /// <exception cref="ModelDamagedException">The model is damaged.</exception>
    public Task<IReadOnlyList<Misclassification>> OfAsync(ModelVersion model, CancellationToken cancellation)
    {
        lock (gate)
        {
            if (!cached.Remove(model.Id, out Task<IReadOnlyList<Misclassification>>? scan) || scan.IsFaulted)
            {
                scan = Task.Run(() => ScanAsync(model), CancellationToken.None);
            }

            cached.Add(model.Id, scan);
            if (cached.Count > MaxCached)
            {
                cached.RemoveAt(0);
            }

            return scan.WaitAsync(cancellation);
        }
    }

    public void Dispose() => scanGate.Dispose();

    private async Task<IReadOnlyList<Misclassification>> ScanAsync(ModelVersion model)
    {
        DigitDataset images = TestImages(model);
        await scanGate.WaitAsync();
        try
        {
            using DigitClassifier classifier = await loader.LoadAsync(model, CancellationToken.None);
            List<Misclassification> found = [];
            foreach (int[] batch in Enumerable.Range(0, images.Count).Chunk(BatchSize))
            {
                IReadOnlyList<Model.Inference.Prediction> predictions = classifier.Classify([.. batch.Select(index => new DigitImage(images.Pixels(index)))]);
                found.AddRange(batch.Zip(predictions)
                    .Where(pair => pair.Second.Digit != images.Labels[pair.First])
                    .Select(pair => new Misclassification(pair.First, images.Labels[pair.First], pair.Second.Digit, pair.Second.Confidence)));
            }

            return found;
        }
        finally
        {
            scanGate.Release();
        }
    }
}
