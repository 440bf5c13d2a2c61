using System.Collections.Immutable;
using System.Text.Json;
using RnnService.Api.Hosting;

namespace RnnService.Api.Jobs;

/// <summary>A job, and all that happened to it, oldest first.</summary>
internal sealed record JobLog(TrainingJob Job, ImmutableList<JobEvent> Events)
{
    /// <summary>Whether the last event has been told: the log may know that before the job, which was read first.</summary>
    public bool IsOver => !Events.IsEmpty && Events[^1].Type != JobEventBody.EpochType;

    public IEnumerable<EpochResponse> Epochs => Events
        .Where(entry => entry.Type == JobEventBody.EpochType)
        .Select(entry => JsonSerializer.Deserialize<EpochResponse>(entry.Data, ServiceJson.Options)!);
}
