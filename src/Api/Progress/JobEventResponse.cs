using System.Text.Json;
using RnnService.Api.Jobs;

namespace RnnService.Api.Progress;

/// <summary>An entry of a job's log.</summary>
/// <param name="Sequence" example="1">Its place in the log, from 1 without gaps; the stream's event id.</param>
/// <param name="Type" example="epoch">epoch, succeeded, failed or cancelled.</param>
/// <param name="Data">The epoch, or the job at its end.</param>
internal sealed record JobEventResponse(int Sequence, string Type, JsonElement Data)
{
    public static JobEventResponse From(JobEvent entry) => new(entry.Sequence, entry.Type, JsonElement.Parse(entry.Data));
}
