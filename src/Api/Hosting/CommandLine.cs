using RnnService.Api.Http;

namespace RnnService.Api.Hosting;

/// <summary>The arguments of the process: a command, or none to run the service, followed by settings.</summary>
/// <param name="Command">The command; null for none.</param>
/// <param name="Settings">The remaining arguments.</param>
internal sealed record CommandLine(string? Command, string[] Settings)
{
    /// <summary>Prints the schema of the PostgreSQL database.</summary>
    public const string Sql = "sql";

    /// <summary>Copies the embedded database to PostgreSQL.</summary>
    public const string Copy = "copy --to postgres";

    private static readonly string[] Commands = [Sql, "copy"];

    public static CommandLine Parse(string[] arguments) => arguments switch
    {
        [Sql, .. string[] settings] => new(Sql, settings),
        ["copy", "--to", "postgres", .. string[] settings] => new(Copy, settings),
        ["copy", "--to=postgres", .. string[] settings] => new(Copy, settings),

        // Settings start with a dash or a slash, or have an equals sign.
        [string first, .. string[] settings] when !first.StartsWith('-') && !first.StartsWith('/') && !first.Contains('=', StringComparison.Ordinal) => new(first, settings),
        _ => new(null, arguments),
    };

    /// <summary>Describes a command that does not exist.</summary>
    public static string Explain(string command) =>
        $"'{command}' is not a command.{(NearestName.Find(command, Commands) is string nearest ? $" Did you mean {nearest}?" : "")} The commands are '{Sql}' and '{Copy}'; without a command, the service runs.";
}
