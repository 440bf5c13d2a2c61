using RnnService.Api.Roles;

namespace RnnService.Api.Training;

internal static class TrainingServices
{
    /// <summary>Adds the training of jobs. A process without the role of a worker only adds them to the queue.</summary>
    public static IServiceCollection AddTraining(this IServiceCollection services, ServiceRoles roles)
    {
        services.AddOptions<TrainingOptions>().BindConfiguration(TrainingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<WorkerOptions>().BindConfiguration(WorkerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services
            .AddSingleton<TrainRequestReader>()
            .AddSingleton<TrainingQueue>()
            .AddSingleton<TrainingJobStarter>()
            .AddBackgroundJobs();
        return roles.IsWorker ? services.AddWorker() : services;
    }

    private static IServiceCollection AddWorker(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<WorkerHealthCheck>("worker");
        return services
            .AddSingleton<WorkerName>()
            .AddSingleton<JobSelection>()
            .AddSingleton<CheckpointSchedule>()
            .AddSingleton<TrainingSession>()
            .AddSingleton<TrainingJobRunner>()
            .AddHostedService<InterruptedJobSweeper>()
            .AddBackgroundWorkers();
    }
}
