using Microsoft.AspNetCore.Mvc;
using RnnService.Api.Http;

namespace RnnService.Api.OpenInference;

/// <summary>The protocol's errors: an object with one field, <c>error</c>.</summary>
internal sealed class OpenInferenceErrorFormat : IErrorFormat
{
    public PathString Prefix => OpenInferenceEndpoints.Prefix;

    public object CreateBody(ProblemDetails problem) => new OpenInferenceError(problem.Detail!);
}
