namespace RnnService.Api.OpenInference;

/// <summary>Whether a model can infer.</summary>
/// <param name="Name" example="digits">The model.</param>
/// <param name="Ready">Whether it can.</param>
internal sealed record ModelReadyResponse(string Name, bool Ready);
