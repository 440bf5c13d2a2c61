using RnnService.Api.Http;

namespace RnnService.Api.Jobs;

/// <summary>The types of events: an epoch, the terminal statuses of a job, and its return to the queue.</summary>
internal static class JobEventType
{
    public const string Epoch = "epoch";

    public const string Resumed = "resumed";

    private static readonly string[] Terminal =
        [For(TrainingJobStatus.Succeeded), For(TrainingJobStatus.Failed), For(TrainingJobStatus.Cancelled)];

    /// <summary>The type of the event that ends a job with a status.</summary>
    public static string For(TrainingJobStatus status) => EnumNames.Of(status);

    public static bool IsTerminal(string type) => Terminal.Contains(type);

    /// <summary>Whether an event of this type describes the job rather than an epoch.</summary>
    public static bool HasState(string type) => type == Resumed || IsTerminal(type);
}
