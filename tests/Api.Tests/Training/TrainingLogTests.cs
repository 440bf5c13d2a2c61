using System.Data.Common;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RnnService.Api.Tests.Storage;
using RnnService.Testing;

namespace RnnService.Api.Tests.Training;

/// <summary>The log says how each attempt ended, once, as it is stored.</summary>
public sealed class TrainingLogTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly RecordedLog log = new("RnnService.Api.Training.TrainingJobRunner");
    private readonly HeldCheckpoint checkpoint = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task A_finished_attempt_is_logged_once()
    {
        string succeeded, failed, cancelled;
        await using (Service service = Start())
        {
            succeeded = Id(await service.TrainAsync());
            checkpoint.IsDamaged = true;
            failed = Id(await service.TrainAsync());
            checkpoint.IsDamaged = false;
            string job = await service.StartTrainingAsync(Service.EndlessTraining);
            await service.WaitForStatusAsync(job, "running");
            using HttpResponseMessage _ = await service.Http.PostAsync($"{job}/cancel", content: null);
            cancelled = Id(JsonElement.Parse((await service.WatchAsync(job).LastAsync()).Data));

            // The next job starts when the worker has ended this one.
            await service.TrainAsync();
        }

        Assert.Equal(2, Ends(succeeded).Length);
        Assert.Contains(" succeeded with test accuracy ", Ends(succeeded)[1], StringComparison.Ordinal);
        Assert.Equal([$"Training job {failed} started, attempt 1", $"Training job {failed} failed"], Ends(failed));
        Assert.Equal([$"Training job {cancelled} started, attempt 1", $"Training job {cancelled} was cancelled"], Ends(cancelled));
    }

    [Fact]
    public async Task A_service_that_stops_while_it_reads_the_checkpoint_returns_the_job_to_the_queue()
    {
        string job;
        await using (Service service = Start())
        {
            checkpoint.IsHeld = true;
            job = await service.StartTrainingAsync(Service.EndlessTraining);
            await service.WaitForStatusAsync(job, "running");
            await checkpoint.Reading;
        }

        string id = job[(job.LastIndexOf('/') + 1)..];
        Assert.Equal([$"Training job {id} started, attempt 1", $"Training job {id} was returned to the queue because the service is stopping"], Ends(id));
        Assert.Equal("Queued 0", Database.Read(directory, "SELECT status || ' ' || unfinished_attempts FROM jobs"));
    }

    private Service Start() => new(
        Database.In(directory),
        TimeProvider.System,
        services => services.AddSingleton<ILoggerFactory>(log).AddSingleton<IInterceptor>(checkpoint));

    private string[] Ends(string job) => [.. log.Lines.Where(line => line.Contains(job, StringComparison.Ordinal))];

    private static string Id(JsonElement job) => job.GetProperty("id").GetString()!;

    /// <summary>Lets the worker wait for its checkpoint until the service stops, or fail.</summary>
    private sealed class HeldCheckpoint : DbCommandInterceptor
    {
        private readonly TaskCompletionSource reading = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsHeld { get; set; }

        public bool IsDamaged { get; set; }

        public Task Reading => reading.Task;

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            bool readsCheckpoint = command.CommandText.Contains("content", StringComparison.Ordinal) && command.CommandText.Contains("job_checkpoints", StringComparison.Ordinal);
            if (readsCheckpoint && IsHeld)
            {
                reading.SetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return readsCheckpoint && IsDamaged ? throw new InvalidOperationException("The checkpoint is damaged.") : result;
        }
    }
}
