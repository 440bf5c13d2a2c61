using RnnService.Model.Training;

namespace RnnService.Api.Jobs;

/// <summary>A job to add.</summary>
/// <param name="Settings">The training settings.</param>
/// <param name="Priority">The priority.</param>
/// <param name="Client">Identifies the client. Clients take turns.</param>
/// <param name="IdempotencyKey">The client's key for the request, which makes it safe to repeat; null for none.</param>
internal sealed record NewJob(TrainingSettings Settings, JobPriority Priority, string Client, string? IdempotencyKey);
