using System.Text.Json;
using RnnService.Api.Hosting;
using RnnService.Api.Jobs;

namespace RnnService.Api.Progress;

/// <summary>What an event says, before the log gives it its place.</summary>
internal sealed record JobEventBody(string Type, string Data)
{
    public static JobEventBody Epoch(TrainingJob job) =>
        new("epoch", JsonSerializer.Serialize(EpochResponse.From(job.Epochs[^1]), ServiceJson.Options));

    /// <summary>The last event of a job, named for how it ended.</summary>
    public static JobEventBody End(TrainingJob job) =>
        new(EnumWords.Word(job.Status), JsonSerializer.Serialize(JobResponse.From(job), ServiceJson.Options));
}
