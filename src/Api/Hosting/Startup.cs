using System.Data.Common;
using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using RnnService.Api.Jobs;
using RnnService.Api.Storage;
using RnnService.Model.Data;

namespace RnnService.Api.Hosting;

internal static class Startup
{
    /// <summary>The category in which the host logs an exception at its start, with the stack trace, before it throws the exception.</summary>
    private const string HostCategory = "Microsoft.Extensions.Hosting.Internal.Host";

    private const string Certificate = "Kestrel:Certificates:Default";

    /// <summary>Removes the host's log of an exception at its start: <see cref="TryRun"/> reports it.</summary>
    public static IServiceCollection AddStartup(this IServiceCollection services)
    {
        StartupProgress progress = new();
        return services
            .AddSingleton(progress)
            .AddSingleton<SettingsValidator>()
            .AddLogging(logging => logging.AddFilter(HostCategory, level => progress.HasStarted && level >= LogLevel.Information));
    }

    /// <summary>Checks the settings, datasets and database before the service starts. Prints a message instead of a stack trace if one is invalid.</summary>
    public static async Task<bool> CanStartAsync(this WebApplication app)
    {
        string[] errors = [.. app.Services.GetRequiredService<SettingsValidator>().Validate(), .. DatasetErrors(app.Services)];
        if (errors.Length > 0)
        {
            Report(errors);
            return false;
        }

        IServiceDatabase database = app.Services.GetRequiredService<IServiceDatabase>();
        try
        {
            await database.OpenAsync(CancellationToken.None);
            await CheckJobsAsync(app.Services.GetRequiredService<JobReader>());
            return true;
        }
        catch (Exception e) when (e is InvalidStorageException or StoredVersionException or StoredValueDamagedException)
        {
            Report(e.Message);
            return false;
        }
        catch (DbException e)
        {
            Report(database.Fault(e).Message);
            return false;
        }
    }

    /// <summary>Runs the service until it is stopped. Prints a message instead of a stack trace if it cannot listen.</summary>
    public static bool TryRun(this WebApplication app)
    {
        StartupProgress progress = app.Services.GetRequiredService<StartupProgress>();
        string addresses = app.Configuration[WebHostDefaults.ServerUrlsKey] ?? "the configured addresses";
        app.Lifetime.ApplicationStarted.Register(progress.Complete);
        try
        {
            app.Run();
            return true;
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            Report($"{e.Message} Stop the process that uses it, or set {WebHostDefaults.ServerUrlsKey} to another address.");
            return false;
        }
        catch (SocketException e) when (!progress.HasStarted)
        {
            Report($"It cannot listen on {addresses}: {e.Message}. Set {WebHostDefaults.ServerUrlsKey} to an address of this machine and a port that the user can open.");
            return false;
        }
        catch (Exception e) when (!progress.HasStarted && IsServerFault(e))
        {
            // For example, HTTPS without a certificate. The first line has the cause, and further lines link to the framework's documentation.
            string https = addresses.Contains(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase) ? $" For HTTPS, set {Certificate}:Path and {Certificate}:Password to a certificate." : "";
            Report($"It cannot listen on {addresses}: {e.Message.Split('\n')[0].TrimEnd()}{https} Set {WebHostDefaults.ServerUrlsKey} to addresses such as http://localhost:5000.");
            return false;
        }
    }

    /// <summary>Whether an exception comes from the web server: it uses the same types as other code for faults of its settings and certificates.</summary>
    private static bool IsServerFault(Exception exception) =>
        exception is InvalidOperationException or NotSupportedException or CryptographicException or IOException or UnauthorizedAccessException
        && new StackTrace(exception).GetFrames().Any(frame => frame.GetMethod()?.DeclaringType?.Assembly == typeof(KestrelServer).Assembly);

    /// <summary>Reads the jobs that will be trained: they can be of a newer version.</summary>
    private static async Task CheckJobsAsync(JobReader jobs)
    {
        try
        {
            await jobs.ListUnfinishedAsync(CancellationToken.None);
        }
        catch (Exception e) when (DatabaseFaults.IsTransient(e))
        {
            // The service can serve when the database responds again.
        }
    }

    /// <summary>Reads the datasets, and returns the errors of all of them.</summary>
    private static IEnumerable<string> DatasetErrors(IServiceProvider services)
    {
        try
        {
            services.GetRequiredService<DatasetCatalog>();
            return [];
        }
        catch (AggregateException e)
        {
            return e.InnerExceptions.Select(inner => inner is OptionsValidationException or InvalidDatasetException ? inner.Message : inner.ToString());
        }
    }

    private static void Report(params string[] errors) =>
        Console.Error.WriteLine($"RnnService cannot start.{(errors.Length == 1 ? " " : Environment.NewLine)}{string.Join(Environment.NewLine, errors)}");
}
