namespace RnnService.Api.OpenInference;

/// <summary>Whether the server is alive.</summary>
/// <param name="Live">Whether it is alive.</param>
internal sealed record ServerLiveResponse(bool Live);
