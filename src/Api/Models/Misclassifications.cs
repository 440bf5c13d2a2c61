using RnnService.Model.Data;
using RnnService.Model.Images;
using RnnService.Model.Inference;

namespace RnnService.Api.Models;

/// <summary>Finds the test images that models got wrong. It takes about a second for 10,000, so that what was found is kept for the models asked for last.</summary>
internal sealed class Misclassifications(ModelLoader loader, DatasetCatalog datasets) : IDisposable
{
    private const int MaxKept = 16;
    private const int BatchSize = 250;

    private readonly Lock gate = new();
    private readonly OrderedDictionary<Guid, Task<IReadOnlyList<Misclassification>>> kept = [];
    private readonly SemaphoreSlim oneAtATime = new(1);

    /// <summary>The images that a model was judged on.</summary>
    /// <exception cref="DatasetMissingException">They are not there any more.</exception>
    public DigitDataset TestImages(ModelVersion model) => (datasets.Find(model.Settings.Dataset) ?? throw new DatasetMissingException(model)).Test;

    /// <summary>Those that the model got wrong, in the data set's order. All who ask at once wait for one reading.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cancellation">Ends the waiting; the reading goes on, for whoever asks next.</param>
    /// <exception cref="DatasetMissingException">The images are not there any more.</exception>
    /// <exception cref="ModelDamagedException">The model is not as it was trained.</exception>
    public Task<IReadOnlyList<Misclassification>> OfAsync(ModelVersion model, CancellationToken cancellation)
    {
        lock (gate)
        {
            if (!kept.Remove(model.Id, out Task<IReadOnlyList<Misclassification>>? reading) || reading.IsFaulted)
            {
                reading = Task.Run(() => ReadAsync(model), CancellationToken.None);
            }

            kept.Add(model.Id, reading);
            if (kept.Count > MaxKept)
            {
                kept.RemoveAt(0);
            }

            return reading.WaitAsync(cancellation);
        }
    }

    public void Dispose() => oneAtATime.Dispose();

    private async Task<IReadOnlyList<Misclassification>> ReadAsync(ModelVersion model)
    {
        DigitDataset images = TestImages(model);
        await oneAtATime.WaitAsync();
        try
        {
            using DigitClassifier classifier = await loader.LoadAsync(model, CancellationToken.None);
            List<Misclassification> misread = [];
            foreach (int[] batch in Enumerable.Range(0, images.Count).Chunk(BatchSize))
            {
                IReadOnlyList<Model.Inference.Prediction> told = classifier.Classify([.. batch.Select(index => new DigitImage(images.Pixels(index)))]);
                misread.AddRange(batch.Zip(told)
                    .Where(pair => pair.Second.Digit != images.Labels[pair.First])
                    .Select(pair => new Misclassification(pair.First, images.Labels[pair.First], pair.Second.Digit, pair.Second.Confidence)));
            }

            return misread;
        }
        finally
        {
            oneAtATime.Release();
        }
    }
}
