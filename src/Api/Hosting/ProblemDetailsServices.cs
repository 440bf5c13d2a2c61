namespace RnnService.Api.Hosting;

internal static class ProblemDetailsServices
{
    public static IServiceCollection AddProblemAnswers(this IServiceCollection services) => services
        .AddSingleton<IProblemDetailsWriter, ProblemWriter>()
        .AddProblemDetails()
        .AddSingleton<ExceptionProblems>()
        .AddExceptionHandler<ExceptionProblems>();

    /// <summary>Every answer over 399 has a body that says what to do, also where only the framework spoke.</summary>
    public static void UseProblemAnswers(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
    }
}
