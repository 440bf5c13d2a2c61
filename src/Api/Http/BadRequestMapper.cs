namespace RnnService.Api.Http;

/// <summary>Maps the framework's own exception for malformed requests.</summary>
internal sealed class BadRequestMapper : IExceptionMapper
{
    public ProblemException? Map(Exception exception) => exception is BadHttpRequestException bad ? new MalformedRequestException(bad) : null;
}
