using RnnService.Api.Storage;

namespace RnnService.Api.Jobs;

/// <summary>Renders the stored events of a job as the API's responses.</summary>
internal static class JobEventContent
{
    /// <returns>An <see cref="EpochResponse"/>, or the <see cref="JobResponse"/> of the job at the event.</returns>
    /// <exception cref="StoredVersionException">A newer version of the service wrote the event.</exception>
    public static object Render(JobSnapshot snapshot, JobEvent entry) => entry.Type switch
    {
        JobEventType.Epoch => EpochResponse.From(StoredJson.Deserialize<StoredEpoch>(entry.Data)),
        string type when JobEventType.HasState(type) => JobResponse.From(snapshot.At(entry)),
        _ => throw new StoredVersionException(nameof(JobEvent), $"of type '{entry.Type}', which this version of RnnService does not know"),
    };
}
