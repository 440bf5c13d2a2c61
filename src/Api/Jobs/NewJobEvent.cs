using RnnService.Api.Storage;
using RnnService.Model.Training;

namespace RnnService.Api.Jobs;

/// <summary>An event that does not have a sequence number yet.</summary>
internal sealed record NewJobEvent(string Type, string Data)
{
    public static NewJobEvent ForEpoch(EpochResult result) => new(JobEventType.Epoch, StoredJson.Serialize(StoredEpoch.From(result)));

    /// <summary>The event that ends a job.</summary>
    public static NewJobEvent ForEnd(TrainingJob job) => new(JobEventType.For(job.Status), StoredJson.Serialize(StoredJobState.From(job)));

    /// <summary>The event that returns a finished job to the queue.</summary>
    public static NewJobEvent ForResume(TrainingJob job) => new(JobEventType.Resumed, StoredJson.Serialize(StoredJobState.From(job)));
}
