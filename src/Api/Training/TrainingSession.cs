using Microsoft.EntityFrameworkCore;
using RnnService.Api.Jobs;
using RnnService.Api.Models;
using RnnService.Api.Storage;
using RnnService.Model.Checkpoints;
using RnnService.Model.Data;
using RnnService.Model.Training;

namespace RnnService.Api.Training;

/// <summary>
/// Trains a job from its last epoch to its end. It blocks the calling thread instead of awaiting: libtorch keeps a thread pool for each thread that
/// calls it.
/// </summary>
internal sealed partial class TrainingSession(
    IDbContextFactory<ServiceDbContext> databases,
    JobReader jobs,
    JobCheckpoints checkpoints,
    ModelRegistry models,
    ActiveModel activeModel,
    DatabaseRetry retry,
    CheckpointSchedule schedule,
    ILogger<TrainingSession> logger)
{
    /// <summary>Resumes the training and saves the model. All native memory is released on return.</summary>
    /// <param name="lease">The lease on the job.</param>
    /// <param name="renewal">Renews the lease.</param>
    /// <param name="data">The job's dataset.</param>
    /// <exception cref="OperationCanceledException">The service stops, or the job was or must be cancelled.</exception>
    /// <exception cref="LeaseLostException">The lease was lost.</exception>
    public ModelVersion Run(JobLease lease, LeaseRenewal renewal, DatasetSplit data)
    {
        TrainingJob job = lease.Job;
        Checkpoint? checkpoint = Wait(retry.RunAsync(() => FindCheckpointAsync(job.Id, renewal.Abort), renewal.Abort));
        using Trainer trainer = new(job.Settings, data, checkpoint);
        renewal.Observe(trainer);

        // Each epoch is stored before the next begins. Those without a checkpoint are trained again if this worker dies, with the same result.
        long? stored = null;
        foreach (EpochResult result in trainer.Train(renewal.Abort))
        {
            bool isDue = schedule.IsDue(stored);
            Wait(lease.AddEpochAsync(result, trainer.Progress, isDue ? trainer.TakeCheckpoint() : null));
            stored = isDue ? schedule.Now() : stored;
        }

        return SaveModel(lease, trainer.Calibrate(renewal.Abort).ToBytes(), trainer.Test(renewal.Abort), renewal.Abort);
    }

    private async Task<Checkpoint?> FindCheckpointAsync(Guid jobId, CancellationToken cancellation)
    {
        await using ServiceDbContext database = await databases.CreateDbContextAsync(cancellation);
        return await checkpoints.FindAsync(database, jobId, cancellation);
    }

    /// <summary>Stores the model and the end of the job in one transaction, and activates the model before subscribers are notified.</summary>
    private ModelVersion SaveModel(JobLease lease, byte[] weights, Evaluation test, CancellationToken abort)
    {
        DateTime now = Wait(retry.RunAsync(() => jobs.ReadTimeAsync(abort), abort));
        ModelVersion model = ModelVersion.Of(lease.Job, weights, test, now);
        bool succeeded = Wait(lease.SucceedAsync(
            test.Accuracy,
            model.Id,
            addModel: database => models.AddAsync(database, model, weights),
            activate: () => ActivateAsync(model)));
        return succeeded ? model : throw new OperationCanceledException("The job is being cancelled.");
    }

    /// <summary>The model is stored, so that a failed activation is not the job's failure.</summary>
    private async Task ActivateAsync(ModelVersion model)
    {
        try
        {
            await activeModel.PublishAsync(CancellationToken.None);
        }
        catch (Exception e)
        {
            LogNotActivated(e, model.Id);
        }
    }

    private static void Wait(Task task) => task.GetAwaiter().GetResult();

    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();

    [LoggerMessage(LogLevel.Error, "Model {ModelId} is stored, but could not be activated")]
    private partial void LogNotActivated(Exception exception, Guid modelId);
}
