namespace RnnService.Api.Http;

internal static class HttpServices
{
    /// <summary>Adds the JSON format and the error responses of the API.</summary>
    public static IServiceCollection AddHttp(this IServiceCollection services) => services
        .ConfigureHttpJsonOptions(json => ServiceJson.Configure(json.SerializerOptions))
        .AddSingleton<IExceptionMapper, BadRequestMapper>()
        .AddSingleton<IProblemDetailsWriter, ProblemWriter>()
        .AddProblemDetails()
        .AddSingleton<ProblemExceptionHandler>()
        .AddExceptionHandler<ProblemExceptionHandler>();

    /// <summary>Gives every response with a status of 400 or higher a body that explains the error, including responses that the framework creates.</summary>
    public static void UseProblemResponses(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
    }
}
