namespace RnnService.Api.Jobs;

/// <summary>Why a job failed.</summary>
/// <param name="Code" example="diverged">For programs: diverged or internal.</param>
/// <param name="Message" example="The loss is not finite after epoch 1, batch 12: the training diverged. Train again with a smaller learning rate.">For people.</param>
internal sealed record JobError(string Code, string Message);
