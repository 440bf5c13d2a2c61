namespace RnnService.Api.Prediction;

/// <summary>Marks an endpoint that takes PNGs, for the OpenAPI document.</summary>
/// <param name="Many">Whether it takes a form with many; else it takes one, as a form's file or as its body.</param>
internal sealed record ImageBodyMetadata(bool Many);
