namespace RnnService.Api.Models;

/// <summary>The pinned model. There is at most one. If there is none, the latest model is active.</summary>
internal sealed record ModelPin(Guid ModelId);
