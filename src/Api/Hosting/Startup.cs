using Microsoft.Extensions.Options;
using RnnService.Model.Data;

namespace RnnService.Api.Hosting;

internal static class Startup
{
    /// <summary>Checks settings and data before anything begins; what is wrong is said in a sentence instead of a stack trace.</summary>
    public static bool CanStart(this WebApplication app)
    {
        try
        {
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            app.Services.GetRequiredService<DatasetCatalog>();
            return true;
        }
        catch (Exception e) when (e is OptionsValidationException or InvalidDatasetException or InvalidOperationException)
        {
            Console.Error.WriteLine($"RnnService cannot start. {e.Message}");
            return false;
        }
    }
}
