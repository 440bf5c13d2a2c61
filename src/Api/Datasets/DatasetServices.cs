using Microsoft.Extensions.Options;
using RnnService.Model.Data;

namespace RnnService.Api.Datasets;

internal static class DatasetServices
{
    public static IServiceCollection AddDatasets(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<DatasetHealthCheck>("datasets");
        return services.AddSingleton(CreateCatalog).AddHostedService<DatasetReloader>();
    }

    /// <summary>Creates a catalog of MNIST, which the build copies to the output directory, and the configured datasets.</summary>
    /// <exception cref="AggregateException">Contains an <see cref="OptionsValidationException"/> for each dataset without a directory and an <see cref="InvalidDatasetException"/> for each invalid one.</exception>
    private static DatasetCatalog CreateCatalog(IServiceProvider services)
    {
        IConfigurationSection section = services.GetRequiredService<IConfiguration>().GetSection(DatasetsOptions.Section);
        List<Exception> errors = [];
        Dictionary<string, string> directories = new(StringComparer.OrdinalIgnoreCase)
        {
            [DatasetCatalog.Mnist] = Path.Combine(AppContext.BaseDirectory, "datasets", DatasetCatalog.Mnist),
        };

        foreach (IConfigurationSection dataset in section.GetChildren())
        {
            string? directory = dataset.Get<DatasetOptions>()?.Directory;
            if (string.IsNullOrWhiteSpace(directory))
            {
                errors.Add(new OptionsValidationException(dataset.Path, typeof(DatasetOptions), [$"{dataset.Path}:{nameof(DatasetOptions.Directory)} is missing. Set it to a directory with the four IDX files of '{dataset.Key}'."]));
            }
            else
            {
                directories[dataset.Key] = Path.GetFullPath(directory);
            }
        }

        DatasetCatalog catalog;
        try
        {
            catalog = new DatasetCatalog(directories);
        }
        catch (AggregateException e)
        {
            throw new AggregateException([.. errors, .. e.InnerExceptions]);
        }

        return errors.Count == 0 ? catalog : throw new AggregateException(errors);
    }
}
