using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.Options;

namespace RnnService.Api.Security;

/// <summary>Checks the settings <c>AllowedHosts</c> and <c>urls</c>.</summary>
internal sealed class AllowedHostsValidator(AllowedHosts hosts) : IValidateOptions<HostFilteringOptions>
{
    public ValidateOptionsResult Validate(string? name, HostFilteringOptions options)
    {
        string[] errors = [.. hosts.Validate()];
        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
