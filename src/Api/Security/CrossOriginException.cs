using RnnService.Api.Http;

namespace RnnService.Api.Security;

/// <summary>A web page of another origin tried to change something.</summary>
internal sealed class CrossOriginException(string? origin) : ProblemException(
    StatusCodes.Status403Forbidden,
    $"A web page of {(string.IsNullOrEmpty(origin) ? "another origin" : $"the origin '{ValidationErrors.Shortened(origin)}'")} sent this request, and only the service's own pages can change something. Use those, or add the origin to the setting {SecurityOptions.Section}:{nameof(SecurityOptions.AllowedOrigins)}.");
