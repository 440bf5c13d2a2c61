namespace RnnService.Api.OpenInference;

/// <summary>Whether the server can infer.</summary>
/// <param name="Live">Whether it takes requests: the specification's field.</param>
/// <param name="Ready">Whether it has a network to infer with: the field that servers and clients use.</param>
internal sealed record ServerReadyResponse(bool Live, bool Ready);
