namespace RnnService.Api.Prediction;

/// <summary>Marks an endpoint that takes a PNG as a form's file or as its body, for the OpenAPI document.</summary>
internal sealed class ImageBodyMetadata;
