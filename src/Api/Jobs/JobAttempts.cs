namespace RnnService.Api.Jobs;

/// <summary>The last attempts of a job, oldest first.</summary>
internal sealed record JobAttempts(IReadOnlyList<JobAttempt> Items)
{
    /// <summary>How many are kept.</summary>
    public const int Limit = 100;

    public static readonly JobAttempts None = new([]);

    public JobAttempts Add(JobAttempt attempt) => new([.. Items.TakeLast(Limit - 1), attempt]);

    /// <summary>The attempts up to a number.</summary>
    public JobAttempts UpTo(int number) => new([.. Items.Where(attempt => attempt.Number <= number)]);
}
