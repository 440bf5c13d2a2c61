using RnnService.Api.Http;

namespace RnnService.Api.Admission;

/// <summary>
/// Refuses requests before their body is read and before the database is queried. It writes the response without throwing, because thousands of exceptions would slow down
/// other requests.
/// </summary>
/// <param name="problems">Writes the refusal.</param>
internal abstract class RefusalFilter(ProblemExceptionHandler problems) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        Refusal(context.HttpContext.Request) is ProblemException refusal ? RefuseAsync(problems, context.HttpContext, refusal) : next(context);

    /// <summary>Returns the reason to refuse a request at the moment, or null.</summary>
    protected abstract ProblemException? Refusal(HttpRequest request);

    /// <summary>Writes a refusal as the response.</summary>
    internal static async ValueTask<object?> RefuseAsync(ProblemExceptionHandler problems, HttpContext http, ProblemException refusal)
    {
        await problems.TryWriteAsync(http, refusal);
        return Results.Empty;
    }
}
