using Microsoft.Extensions.Options;
using RnnService.Model.Data;

namespace RnnService.Api.Datasets;

internal static class DatasetServices
{
    public static IServiceCollection AddDatasets(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<DatasetHealthCheck>("datasets");
        return services.AddSingleton(CreateCatalog);
    }

    /// <summary>Creates a catalog of MNIST, which the build copies to the output directory, and the configured datasets.</summary>
    /// <exception cref="OptionsValidationException">A dataset has no directory.</exception>
    /// <exception cref="InvalidDatasetException">A file is invalid.</exception>
    private static DatasetCatalog CreateCatalog(IServiceProvider services)
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
                ? throw new OptionsValidationException(dataset.Path, typeof(DatasetOptions), [$"{dataset.Path}:{nameof(DatasetOptions.Directory)} is missing. Set it to a directory with the four IDX files of '{dataset.Key}'."])
                : Path.GetFullPath(directory);
        }

        return new DatasetCatalog(directories);
    }
}
