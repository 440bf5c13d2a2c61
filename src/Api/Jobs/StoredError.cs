using RnnService.Api.Storage;

namespace RnnService.Api.Jobs;

/// <summary>The reason why a job failed.</summary>
internal sealed record StoredError(string Code, string Message, int Version = 1) : IStoredValue
{
    public static int LatestVersion => 1;

    public static StoredError From(JobError error) => new(error.Code, error.Message);

    public JobError ToError() => new(Code, Message);
}
