using Microsoft.AspNetCore.Mvc;

namespace RnnService.Api.Http;

/// <summary>The error format of paths whose protocol defines its own format instead of problem details.</summary>
internal interface IErrorFormat
{
    /// <summary>The path prefix of the protocol.</summary>
    PathString Prefix { get; }

    /// <summary>Creates the JSON body of a response.</summary>
    object CreateBody(ProblemDetails problem);
}
