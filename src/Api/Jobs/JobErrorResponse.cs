namespace RnnService.Api.Jobs;

/// <summary>The reason why a job failed.</summary>
/// <param name="Code" example="diverged">A code for programs: `diverged`, `workersDied` or `internal`.</param>
/// <param name="Message" example="The loss is not finite after epoch 1, batch 12: training diverged. Train again with a lower learning rate.">A message for people.</param>
internal sealed record JobErrorResponse(string Code, string Message)
{
    public static JobErrorResponse From(JobError error) => new(error.Code, error.Message);
}
