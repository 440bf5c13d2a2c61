using Microsoft.Extensions.Options;
using RnnService.Model.Data;

namespace RnnService.Api.Training;

internal static class TrainingServices
{
    public static IServiceCollection AddTraining(this IServiceCollection services)
    {
        services.AddOptions<TrainingOptions>().BindConfiguration(TrainingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton(Datasets)
            .AddSingleton<TrainRequestReader>()
            .AddSingleton<TrainingQueue>()
            .AddSingleton<TrainingJobStarter>()
            .AddSingleton<TrainingJobRunner>()
            .AddHostedService<InterruptedJobSweeper>();
    }

    /// <summary>MNIST, which the build put beside the program, and what the configuration adds.</summary>
    /// <exception cref="OptionsValidationException">A data set has no folder.</exception>
    /// <exception cref="InvalidDatasetException">A file is not as it should be.</exception>
    private static DatasetCatalog Datasets(IServiceProvider services)
    {
        IConfigurationSection section = services.GetRequiredService<IConfiguration>().GetSection(DatasetOptions.Section);
        Dictionary<string, string> directories = new(StringComparer.OrdinalIgnoreCase)
        {
            [DatasetCatalog.Mnist] = Path.Combine(AppContext.BaseDirectory, "datasets", DatasetCatalog.Mnist),
        };

        foreach (IConfigurationSection dataset in section.GetChildren())
        {
            string? directory = dataset.Get<DatasetOptions>()?.Directory;
            directories[dataset.Key] = string.IsNullOrWhiteSpace(directory)
                ? throw new OptionsValidationException(dataset.Path, typeof(DatasetOptions), [$"{dataset.Path}:{nameof(DatasetOptions.Directory)} is missing. Set it to a folder with the four IDX files of '{dataset.Key}'."])
                : Path.GetFullPath(directory);
        }

        return new DatasetCatalog(directories);
    }
}
