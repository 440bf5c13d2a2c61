namespace RnnService.Api.Http;

/// <summary>Maps exceptions of a library to problems. The capability that calls the library registers it.</summary>
internal interface IExceptionMapper
{
    /// <summary>Returns the problem to report, or null if this mapper does not handle the exception.</summary>
    ProblemException? Map(Exception exception);
}
