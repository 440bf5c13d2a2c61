namespace RnnService.Api.Http;

/// <summary>Endpoint metadata: a query parameter that the handler reads from the request itself.</summary>
internal sealed record AcceptedQueryParameter(string Name);
