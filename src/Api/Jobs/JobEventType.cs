using RnnService.Api.Http;

namespace RnnService.Api.Jobs;

/// <summary>The types of events: an epoch, and the terminal statuses of a job.</summary>
internal static class JobEventType
{
    public const string Epoch = "epoch";

    private static readonly string[] Terminal =
        [For(TrainingJobStatus.Succeeded), For(TrainingJobStatus.Failed), For(TrainingJobStatus.Cancelled)];

    /// <summary>The type of the event that ends a job with a status.</summary>
    public static string For(TrainingJobStatus status) => EnumNames.Of(status);

    public static bool IsTerminal(string type) => Terminal.Contains(type);
}
