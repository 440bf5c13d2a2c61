using RnnService.Model.Data;
using RnnService.Model.Images;
using RnnService.Model.Kernels.Threads;

namespace RnnService.Model.Inference;

/// <summary>Finds the images of a dataset that a network misclassifies, at the priority of training: below inference.</summary>
public static class MisclassificationScan
{
    private const int BatchSize = 250;

    /// <summary>Classifies all images of a dataset, on a thread of its own.</summary>
    /// <param name="classifier">The classifier, which nothing else uses until the task is complete.</param>
    /// <param name="data">The images.</param>
    /// <param name="cancellation">Ends the scan between two batches.</param>
    /// <returns>The index and the prediction of each misclassified image, in the order of the dataset.</returns>
    /// <exception cref="OperationCanceledException">The scan was cancelled.</exception>
    public static Task<IReadOnlyList<(int Index, Prediction Prediction)>> RunAsync(DigitClassifier classifier, DigitDataset data, CancellationToken cancellation) =>
        Task.Factory.StartNew<IReadOnlyList<(int Index, Prediction Prediction)>>(() => Run(classifier, data, cancellation), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static List<(int Index, Prediction Prediction)> Run(DigitClassifier classifier, DigitDataset data, CancellationToken cancellation)
    {
        using LowPriorityScope lowPriority = new();
        List<(int Index, Prediction Prediction)> found = [];
        foreach (int[] batch in Enumerable.Range(0, data.Count).Chunk(BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            IReadOnlyList<Prediction> predictions = classifier.Classify([.. batch.Select(index => new DigitImage(data.Pixels(index)))]);
            found.AddRange(batch.Zip(predictions).Where(pair => pair.Second.Digit != data.Labels[pair.First]));
        }

        return found;
    }
}
