namespace RnnService.Api.OpenInference;

/// <summary>Whether the server takes requests.</summary>
/// <param name="Live">It does.</param>
internal sealed record ServerLiveResponse(bool Live);
