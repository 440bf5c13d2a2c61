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
        Refusal() is ProblemException refusal ? RefuseAsync(context.HttpContext, refusal) : next(context);

    /// <summary>Returns the reason to refuse requests at the moment, or null.</summary>
    protected abstract ProblemException? Refusal();

    private async ValueTask<object?> RefuseAsync(HttpContext http, ProblemException refusal)
    {
        await problems.TryWriteAsync(http, refusal);
        return Results.Empty;
    }
}
