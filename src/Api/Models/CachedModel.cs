using RnnService.Model.Inference;

namespace RnnService.Api.Models;

/// <summary>A model in the cache. Only the cache uses it, under its lock.</summary>
/// <param name="version">The model.</param>
/// <param name="load">The load of its classifier, which the cache owns.</param>
internal sealed class CachedModel(ModelVersion version, Task<DigitClassifier> load)
{
    public ModelVersion Version => version;

    public Task<DigitClassifier> Load => load;

    /// <summary>Callers that wait for the load, or that have not shared the classifier yet.</summary>
    public int Users { get; set; }

    /// <summary>Whether the model is no longer in the cache.</summary>
    public bool IsEvicted { get; set; }

    /// <summary>Disposes of the classifier when the model has been evicted and the last caller has its share.</summary>
    public void DisposeIfUnused()
    {
        if (IsEvicted && Users == 0)
        {
            // Runs at once if the load is complete. The exception of a failed load has reached its callers.
            load.ContinueWith(
                loaded =>
                {
                    if (loaded.IsCompletedSuccessfully)
                    {
                        loaded.Result.Dispose();
                    }
                    else
                    {
                        _ = loaded.Exception;
                    }
                },
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }
    }
}
