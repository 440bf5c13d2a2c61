namespace RnnService.Api.OpenInference;

/// <summary>Whether a model is ready for inference.</summary>
/// <param name="Name" example="digits">The model.</param>
/// <param name="Ready">Whether it is ready.</param>
internal sealed record ModelReadyResponse(string Name, bool Ready);
