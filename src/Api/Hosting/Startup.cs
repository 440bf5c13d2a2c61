using Microsoft.Extensions.Options;
using RnnService.Model.Data;

namespace RnnService.Api.Hosting;

internal static class Startup
{
    private const int Misconfigured = 1;

    /// <summary>Runs the service; a wrong setting or data file ends it with a sentence instead of a stack trace.</summary>
    public static int RunOrExplain(this WebApplication app)
    {
        try
        {
            // Read now, so that a wrong file stops the start and not somebody's job.
            app.Services.GetRequiredService<DatasetCatalog>();
            app.Run();
            return 0;
        }
        catch (Exception e) when (e is OptionsValidationException or InvalidDatasetException)
        {
            Console.Error.WriteLine($"RnnService cannot start. {e.Message}");
            return Misconfigured;
        }
    }
}
