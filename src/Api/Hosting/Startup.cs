using Microsoft.Extensions.Options;
using RnnService.Api.Jobs;
using RnnService.Api.Models;
using RnnService.Api.Storage;
using RnnService.Model.Data;

namespace RnnService.Api.Hosting;

internal static class Startup
{
    /// <summary>Checks the settings, datasets and database before the service starts. Prints a message instead of a stack trace if one is invalid.</summary>
    public static bool CanStart(this WebApplication app)
    {
        try
        {
            ValidateSettings(app.Services.GetRequiredService<IStartupValidator>());
            app.Services.GetRequiredService<DatasetCatalog>();
            app.Services.GetRequiredService<ServiceDatabase>().Open();
            ReadStoredValues(app.Services);
            return true;
        }
        catch (Exception e) when (e is OptionsValidationException or InvalidDatasetException or InvalidStorageException or StoredVersionException)
        {
            Console.Error.WriteLine($"RnnService cannot start. {e.Message}");
            return false;
        }
    }

    /// <summary>Reads the stored values that startup requires, to detect values written by a newer version.</summary>
    private static void ReadStoredValues(IServiceProvider services)
    {
        services.GetRequiredService<JobReader>().ListFreeAsync(DateTime.MaxValue, CancellationToken.None).GetAwaiter().GetResult();
        services.GetRequiredService<ModelRegistry>().ListCandidatesAsync(CancellationToken.None).GetAwaiter().GetResult();
    }

    private static void ValidateSettings(IStartupValidator validator)
    {
        try
        {
            validator.Validate();
        }
        catch (InvalidOperationException e)
        {
            // A value of the wrong type, such as text for a number. The binder's message names the setting.
            throw new OptionsValidationException("", typeof(object), [e.Message]);
        }
    }
}
