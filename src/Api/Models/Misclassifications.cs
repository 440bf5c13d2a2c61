using System.Diagnostics.Metrics;
using RnnService.Api.Admission;
using RnnService.Api.Datasets;
using RnnService.Model.Data;
using RnnService.Model.Inference;

namespace RnnService.Api.Models;

/// <summary>
/// Finds the test images that models misclassify. A scan takes about a second for 10,000 images, at low priority; one runs at a time. It is shared by the callers of a
/// model, and cancelled when none waits any more. The results of recently requested models are cached.
/// </summary>
internal sealed class Misclassifications : IDisposable
{
    private const int MaxCached = 16;
    private const int MaxCallers = 32;

    private readonly ModelLoader loader;
    private readonly DatasetCatalog datasets;
    private readonly SemaphoreSlim scans = new(1);
    private readonly Lock gate = new();
    private readonly OrderedDictionary<Guid, IReadOnlyList<Misclassification>> cached = [];
    private readonly Dictionary<Guid, SharedScan> running = [];

    public Misclassifications(ModelLoader loader, DatasetCatalog datasets, IMeterFactory meters)
    {
        this.loader = loader;
        this.datasets = datasets;
        Permits = new PermitPool(
            new PermitDescription("rnn.models.scans", "requests that wait for a scan for misclassified images", MaxCallers, QueueLimit: 0, TimeSpan.FromSeconds(2)), meters);
    }

    /// <summary>The permits of callers that wait for a scan.</summary>
    public PermitPool Permits { get; }

    /// <summary>Whether the result of a model is cached.</summary>
    public bool IsKnown(Guid model)
    {
        lock (gate)
        {
            return cached.ContainsKey(model);
        }
    }

    /// <summary>Returns the test images of a model.</summary>
    /// <exception cref="DatasetMissingException">The dataset is no longer configured.</exception>
    /// <exception cref="DatasetUnavailableException">The files of the dataset cannot be read now.</exception>
    public DigitDataset TestImages(ModelVersion model)
    {
        string name = model.Settings.Dataset;
        return datasets.Find(name)?.Test ?? throw (datasets.Unavailable.TryGetValue(name, out InvalidDatasetException? fault) ? new DatasetUnavailableException(name, fault) : new DatasetMissingException(model));
    }

    /// <summary>Returns the images that a model misclassifies, in the order of the test set. Concurrent callers share one scan.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cancellation">Cancels the wait, and the scan if no other caller waits for it.</param>
    /// <exception cref="DatasetMissingException">The dataset is no longer configured.</exception>
    /// <exception cref="ModelDamagedException">The model is damaged.</exception>
    public async Task<IReadOnlyList<Misclassification>> OfAsync(ModelVersion model, CancellationToken cancellation)
    {
        SharedScan? scan;
        lock (gate)
        {
            if (cached.Remove(model.Id, out IReadOnlyList<Misclassification>? found))
            {
                cached.Add(model.Id, found);
                return found;
            }

            if (!running.TryGetValue(model.Id, out scan))
            {
                scan = new SharedScan(token => ScanAsync(model, token));
                running.Add(model.Id, scan);
            }

            scan.Callers++;
        }

        try
        {
            return await scan.Result.WaitAsync(cancellation);
        }
        finally
        {
            Leave(model, scan);
        }
    }

    // A scan can still be running, so its semaphore is not disposed of.
    public void Dispose() => Permits.Dispose();

    private void Leave(ModelVersion model, SharedScan scan)
    {
        lock (gate)
        {
            if (--scan.Callers > 0)
            {
                return;
            }

            running.Remove(model.Id);
        }

        scan.Dispose();
    }

    private async Task<IReadOnlyList<Misclassification>> ScanAsync(ModelVersion model, CancellationToken cancellation)
    {
        DigitDataset images = TestImages(model);
        await scans.WaitAsync(cancellation);
        try
        {
            using DigitClassifier classifier = await loader.LoadForScanAsync(model, cancellation);
            IReadOnlyList<Misclassification> found = [.. (await MisclassificationScan.RunAsync(classifier, images, cancellation)).Select(image =>
                new Misclassification(image.Index, images.Labels[image.Index], image.Prediction.Digit, image.Prediction.Confidence))];
            lock (gate)
            {
                cached[model.Id] = found;
                if (cached.Count > MaxCached)
                {
                    cached.RemoveAt(0);
                }
            }

            return found;
        }
        finally
        {
            scans.Release();
        }
    }
}
