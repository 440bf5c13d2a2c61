namespace RnnService.Api.Models;

/// <summary>The pinned model. There is at most one; without one the latest model is active.</summary>
internal sealed record ModelPin(Guid ModelId);
