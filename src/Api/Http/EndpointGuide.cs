namespace RnnService.Api.Http;

/// <summary>Tells clients where this process describes its endpoints.</summary>
/// <param name="Sentence">A sentence for the <c>detail</c> of problems.</param>
internal sealed record EndpointGuide(string Sentence);
