namespace RnnService.Api.Models;

/// <summary>The model that was chosen to serve. There is one or none; without one the latest serves.</summary>
internal sealed record ModelPin(Guid ModelId);
