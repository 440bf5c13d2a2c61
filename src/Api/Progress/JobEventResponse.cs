using RnnService.Api.Jobs;

namespace RnnService.Api.Progress;

/// <summary>An event of a job's log.</summary>
/// <param name="Sequence" example="1">The position in the log, from 1 without gaps; the event id in the stream.</param>
/// <param name="Type" example="epoch">`epoch`, `succeeded`, `failed`, `cancelled` or `resumed`.</param>
/// <param name="Data">The epoch, or the job at this event.</param>
internal sealed record JobEventResponse(int Sequence, string Type, object Data)
{
    public static JobEventResponse From(JobSnapshot snapshot, JobEvent entry) => new(entry.Sequence, entry.Type, JobEventContent.Render(snapshot, entry));
}
