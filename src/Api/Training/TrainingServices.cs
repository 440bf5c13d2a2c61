namespace RnnService.Api.Training;

internal static class TrainingServices
{
    public static IServiceCollection AddTraining(this IServiceCollection services)
    {
        services.AddOptions<TrainingOptions>().BindConfiguration(TrainingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddHealthChecks().AddCheck<WorkerHealthCheck>("worker");
        return services
            .AddSingleton<TrainRequestReader>()
            .AddSingleton<TrainingQueue>()
            .AddSingleton<TrainingJobStarter>()
            .AddSingleton<TrainingSession>()
            .AddSingleton<TrainingJobRunner>()
            .AddHostedService<InterruptedJobSweeper>()
            .AddBackgroundJobs();
    }
}
