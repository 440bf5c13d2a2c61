namespace RnnService.Api.Jobs;

/// <summary>Which jobs start first. A job with a lower priority starts only when none with a higher one is queued.</summary>
internal enum JobPriority
{
    Normal,
    Low,
}
