namespace RnnService.Api.Jobs;

/// <summary>The reason why a job failed.</summary>
/// <param name="Code" example="diverged">For programs: `diverged` or `internal`.</param>
/// <param name="Message" example="The loss is not finite after epoch 1, batch 12: the training diverged. Train again with a smaller learning rate.">For people.</param>
internal sealed record JobErrorResponse(string Code, string Message)
{
    public static JobErrorResponse From(JobError error) => new(error.Code, error.Message);
}
