using RnnService.Api.Http;

namespace RnnService.Api.Security;

/// <summary>The request uses a host name that is not allowed.</summary>
internal sealed class HostNotAllowedException(string host) : ProblemException(
    StatusCodes.Status400BadRequest,
    $"The host name '{ValidationErrors.Shortened(host)}' is not allowed. Use localhost, or add the name to the setting {AllowedHosts.Setting}.");
