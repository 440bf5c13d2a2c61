namespace RnnService.Api.OpenInference;

/// <summary>Whether the server is ready for inference.</summary>
/// <param name="Live">Whether the server is alive: the field in the specification.</param>
/// <param name="Ready">Whether a model is active: the field that servers and clients use in practice.</param>
internal sealed record ServerReadyResponse(bool Live, bool Ready);
