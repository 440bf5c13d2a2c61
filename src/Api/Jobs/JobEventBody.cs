using System.Text.Json;
using RnnService.Api.Hosting;
using RnnService.Model.Training;

namespace RnnService.Api.Jobs;

/// <summary>What an event says, before the log gives it its place.</summary>
internal sealed record JobEventBody(string Type, string Data)
{
    public const string EpochType = "epoch";

    public static JobEventBody Epoch(EpochResult result) =>
        new(EpochType, JsonSerializer.Serialize(EpochResponse.From(result), ServiceJson.Options));

    /// <summary>The last event of a job, named for how it ended.</summary>
    public static JobEventBody End(JobLog log) =>
        new(EnumWords.Word(log.Job.Status), JsonSerializer.Serialize(JobResponse.From(log), ServiceJson.Options));
}
