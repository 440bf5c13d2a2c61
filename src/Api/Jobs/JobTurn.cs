using Microsoft.EntityFrameworkCore;
using RnnService.Api.Storage;

namespace RnnService.Api.Jobs;

/// <summary>
/// The turns of clients in the queue. Each queued job has a turn, and jobs start in the order of their turns, so that in each turn every client starts one job. A job's turn follows that of its client's
/// last queued job, but is never before the current turn, so that a client gains nothing from having waited. Turns are counted separately for each priority.
/// </summary>
internal static class JobTurn
{
    /// <summary>Returns the turn of a job that enters the queue.</summary>
    /// <param name="database">The database, in a transaction that adds the job or changes it.</param>
    /// <param name="priority">The job's priority.</param>
    /// <param name="client">The job's client.</param>
    /// <param name="id">The job's id, to leave it out if it is already stored.</param>
    /// <param name="cancellation">Cancels the query.</param>
    public static async Task<int> NextAsync(ServiceDbContext database, JobPriority priority, string client, Guid id, CancellationToken cancellation)
    {
        var turns = await database.Set<TrainingJob>()
            .Where(job => job.Priority == priority && job.Id != id)
            .Where(job => job.Status == TrainingJobStatus.Queued || job.Status == TrainingJobStatus.Running || job.Status == TrainingJobStatus.Cancelling)
            .GroupBy(_ => 1)
            .Select(jobs => new
            {
                Running = jobs.Max(job => job.Status != TrainingJobStatus.Queued ? (int?)job.Turn : null),
                Queued = jobs.Min(job => job.Status == TrainingJobStatus.Queued ? (int?)job.Turn : null),
                OfClient = jobs.Max(job => job.Status == TrainingJobStatus.Queued && job.Client == client ? (int?)job.Turn : null),
            })
            .SingleOrDefaultAsync(cancellation);

        // The turn of the running jobs has begun: their clients and new ones are in the next.
        int current = Math.Max((turns?.Running + 1) ?? 0, turns?.Queued ?? 0);
        return Math.Max(current, (turns?.OfClient + 1) ?? 0);
    }
}
