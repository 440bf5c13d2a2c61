using RnnService.Api.Http;

namespace RnnService.Api.OpenInference;

internal static class OpenInferenceServices
{
    public static IServiceCollection AddOpenInference(this IServiceCollection services) =>
        services.AddSingleton<ServedModels>().AddSingleton<IErrorFormat, OpenInferenceErrorFormat>();
}
