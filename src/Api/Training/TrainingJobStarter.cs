using Hangfire;
using Microsoft.Extensions.Options;
using RnnService.Api.Jobs;
using RnnService.Model.Training;

namespace RnnService.Api.Training;

/// <summary>Makes a job and hands its id to the queue.</summary>
internal sealed class TrainingJobStarter(JobStore jobs, IBackgroundJobClient queue, IOptions<TrainingOptions> options)
{
    /// <exception cref="JobQueueFullException">As many jobs wait as may.</exception>
    public TrainingJob Start(TrainingSettings settings, string? idempotencyKey)
    {
        (bool added, TrainingJob job) = jobs.Add(settings, options.Value.QueueLimit, idempotencyKey);
        if (added)
        {
            queue.Enqueue<TrainingJobRunner>(runner => runner.RunAsync(job.Id, CancellationToken.None));
        }

        return job;
    }
}
