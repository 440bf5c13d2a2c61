using System.Collections.Immutable;
using System.Text.Json;
using RnnService.Api.Hosting;

namespace RnnService.Api.Jobs;

/// <summary>A job, and all that happened to it, oldest first.</summary>
internal sealed record JobLog(TrainingJob Job, ImmutableList<JobEvent> Events)
{
    public IEnumerable<EpochResponse> Epochs => Events
        .Where(entry => entry.Type == JobEventBody.EpochType)
        .Select(entry => JsonSerializer.Deserialize<EpochResponse>(entry.Data, ServiceJson.Options)!);
}
