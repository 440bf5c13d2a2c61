using Microsoft.Extensions.Options;
using RnnService.Api.Storage;

namespace RnnService.Api.Roles;

/// <summary>Checks the roles. Only one process can use the embedded database, so that process must have both.</summary>
internal sealed class ServiceOptionsValidator(IOptions<ConnectionStringOptions> connections) : IValidateOptions<ServiceOptions>
{
    private const string Setting = ServiceOptions.Section + ":" + nameof(ServiceOptions.Roles);
    private const string Postgres = ConnectionStringOptions.Section + ":" + nameof(ConnectionStringOptions.Postgres);

    public ValidateOptionsResult Validate(string? name, ServiceOptions options) => ServiceRoles.Parse(options.Roles) switch
    {
        null => ValidateOptionsResult.Fail($"{Setting} must be api, worker, or api,worker, not '{options.Roles}'."),
        { IsApi: true, IsWorker: true } => ValidateOptionsResult.Success,
        _ when UsesPostgres() => ValidateOptionsResult.Success,
        _ => ValidateOptionsResult.Fail($"{Setting} is '{options.Roles}', but only one process can use the embedded database, and it must have both roles. Remove the setting, or set {Postgres} to a database that the processes share."),
    };

    private bool UsesPostgres()
    {
        try
        {
            return connections.Value.UsesPostgres;
        }
        catch (OptionsValidationException)
        {
            // It is set, and its error is reported separately.
            return true;
        }
    }
}
