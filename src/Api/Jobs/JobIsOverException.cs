using RnnService.Api.Hosting;

namespace RnnService.Api.Jobs;

/// <summary>A job that is over can no longer be cancelled.</summary>
internal sealed class JobIsOverException(TrainingJob job)
    : Exception($"Job {job.Id} is over already: its status is {EnumWords.Word(job.Status)}. There is nothing left to cancel.");
