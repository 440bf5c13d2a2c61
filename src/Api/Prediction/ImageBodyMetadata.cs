namespace RnnService.Api.Prediction;

/// <summary>Marks an endpoint that accepts images, for the OpenAPI document.</summary>
/// <param name="Many">Whether the endpoint accepts a form with several images; otherwise one image, as a file of a form or as the body.</param>
internal sealed record ImageBodyMetadata(bool Many);
