using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace RnnService.Api.Hosting;

internal static class ProblemDetailsServices
{
    public static IServiceCollection AddProblemAnswers(this IServiceCollection services) => services
        .AddProblemDetails(options => options.CustomizeProblemDetails = Complete)
        .AddExceptionHandler<ExceptionProblems>();

    /// <summary>Every answer over 399 has a body that says what to do, also where only the framework spoke.</summary>
    public static void UseProblemAnswers(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
    }

    private static void Complete(ProblemDetailsContext context)
    {
        HttpRequest request = context.HttpContext.Request;
        string path = context.HttpContext.Features.Get<IHttpRequestFeature>()?.Path ?? request.Path;
        ProblemDetails problem = context.ProblemDetails;
        problem.Detail ??= problem.Status switch
        {
            StatusCodes.Status404NotFound => $"There is nothing at {path}. /swagger lists all calls.",
            StatusCodes.Status405MethodNotAllowed => $"{path} does not take {request.Method}. /swagger lists all calls.",
            StatusCodes.Status415UnsupportedMediaType => $"{path} does not take a body of type '{request.ContentType}'. Set Content-Type to one that /swagger shows for it, such as application/json.",
            >= StatusCodes.Status500InternalServerError => "The service made a mistake. Its log has more; nothing was wrong with the request.",
            _ => "The request cannot be answered. /swagger lists all calls and what they take.",
        };
    }
}
