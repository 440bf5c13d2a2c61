using System.Collections.Immutable;
using RnnService.Api.Storage;

namespace RnnService.Api.Jobs;

/// <summary>A job and its log at a point in time, oldest event first.</summary>
internal sealed record JobSnapshot(TrainingJob Job, ImmutableList<JobEvent> Events)
{
    /// <summary>Whether the last event is terminal. The log is read after the job, so it can be ahead of the job's status.</summary>
    public bool IsTerminal => !Events.IsEmpty && JobEventType.IsTerminal(Events[^1].Type);

    public IEnumerable<StoredEpoch> Epochs => Events
        .Where(entry => entry.Type == JobEventType.Epoch)
        .Select(entry => StoredJson.Deserialize<StoredEpoch>(entry.Data));

    /// <summary>The job as a terminal or `resumed` event describes it, with the log up to this event.</summary>
    public JobSnapshot At(JobEvent entry) =>
        new(Job.As(StoredJson.Deserialize<StoredJobState>(entry.Data)), Events.GetRange(0, entry.Sequence));
}
