using Microsoft.AspNetCore.Mvc;
using RnnService.Api.Http;

namespace RnnService.Api.OpenInference;

/// <summary>The error format of the protocol: an object with the single field <c>error</c>.</summary>
internal sealed class OpenInferenceErrorFormat : IErrorFormat
{
    public PathString Prefix => OpenInferenceEndpoints.Prefix;

    public object CreateBody(ProblemDetails problem) => new OpenInferenceError(problem.Detail!);
}
