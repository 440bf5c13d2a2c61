using Microsoft.Extensions.Options;
using Npgsql;

namespace RnnService.Api.Storage;

/// <summary>Checks that a connection string can be parsed and names a host and a database. Messages do not repeat the value: it contains a password.</summary>
internal sealed class ConnectionStringValidator : IValidateOptions<ConnectionStringOptions>
{
    private const string Expected = "a connection string of Npgsql such as Host=db;Database=rnn;Username=rnn;Password=secret";

    public ValidateOptionsResult Validate(string? name, ConnectionStringOptions options)
    {
        string?[] errors =
        [
            Check(nameof(ConnectionStringOptions.Postgres), options.Postgres),
            Check(nameof(ConnectionStringOptions.PostgresDirect), options.PostgresDirect),
            !options.UsesPostgres && !string.IsNullOrWhiteSpace(options.PostgresDirect)
                ? $"{Setting(nameof(ConnectionStringOptions.PostgresDirect))} is only used together with {Setting(nameof(ConnectionStringOptions.Postgres))}: set both, or none."
                : null,
        ];
        string[] found = [.. errors.OfType<string>()];
        return found.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
    }

    private static string? Check(string name, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return null;
        }

        try
        {
            NpgsqlConnectionStringBuilder parsed = new(value);
            return string.IsNullOrEmpty(parsed.Host) || string.IsNullOrEmpty(parsed.Database) ? $"{Setting(name)} must contain Host and Database: use {Expected}." : null;
        }
        catch (ArgumentException)
        {
            return $"{Setting(name)} must be {Expected}.";
        }
    }

    private static string Setting(string name) => $"{ConnectionStringOptions.Section}:{name}";
}
