using RnnService.Api.Storage;
using RnnService.Api.Storage.Copying;

namespace RnnService.Api.Hosting;

/// <summary>The commands, which run instead of the service.</summary>
internal static class Commands
{
    /// <summary>Runs a command. Prints a message instead of a stack trace if it fails.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunCommandAsync(this WebApplication app, string command)
    {
        switch (command)
        {
            case CommandLine.Sql:
                await Console.Out.WriteLineAsync(PostgresSchema.Script());
                return 0;
            case CommandLine.Copy:
                return await CopyAsync(app);
            default:
                await Console.Error.WriteLineAsync(CommandLine.Explain(command));
                return 1;
        }
    }

    private static async Task<int> CopyAsync(WebApplication app)
    {
        IReadOnlyList<string> errors = app.Services.GetRequiredService<SettingsValidator>().Validate();
        if (errors.Count == 0 && string.IsNullOrWhiteSpace(app.Configuration.GetConnectionString(nameof(ConnectionStringOptions.Postgres))))
        {
            errors = [$"Set {ConnectionStringOptions.Section}:{nameof(ConnectionStringOptions.Postgres)} to the database to copy to."];
        }

        try
        {
            if (errors.Count == 0)
            {
                await ActivatorUtilities.CreateInstance<DatabaseCopy>(app.Services).RunAsync(Console.Out, CancellationToken.None);
                await Console.Out.WriteLineAsync("Copied all tables; their rows have the same hashes in both databases. The original keeps its data.");
                return 0;
            }
        }
        catch (InvalidStorageException e)
        {
            errors = [e.Message];
        }

        await Console.Error.WriteLineAsync($"RnnService cannot copy the database. {string.Join(Environment.NewLine, errors)}");
        return 1;
    }
}
