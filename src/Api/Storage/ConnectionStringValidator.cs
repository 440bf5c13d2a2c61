using Microsoft.Extensions.Options;
using Npgsql;

namespace RnnService.Api.Storage;

/// <summary>Checks that a connection string can be parsed and names a host and a database. Messages do not repeat the value: it contains a password.</summary>
internal sealed class ConnectionStringValidator : IValidateOptions<ConnectionStringOptions>
{
    private const string Setting = ConnectionStringOptions.Section + ":" + nameof(ConnectionStringOptions.Postgres);
    private const string Expected = "a connection string of Npgsql such as Host=db;Database=rnn;Username=rnn;Password=secret";

    public ValidateOptionsResult Validate(string? name, ConnectionStringOptions options)
    {
        if (!options.UsesPostgres)
        {
            return ValidateOptionsResult.Success;
        }

        try
        {
            NpgsqlConnectionStringBuilder parsed = new(options.Postgres);
            return string.IsNullOrEmpty(parsed.Host) || string.IsNullOrEmpty(parsed.Database)
                ? ValidateOptionsResult.Fail($"{Setting} must contain Host and Database: use {Expected}.")
                : ValidateOptionsResult.Success;
        }
        catch (ArgumentException)
        {
            return ValidateOptionsResult.Fail($"{Setting} must be {Expected}.");
        }
    }
}
