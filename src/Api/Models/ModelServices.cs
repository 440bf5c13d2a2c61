namespace RnnService.Api.Models;

internal static class ModelServices
{
    public static IServiceCollection AddModels(this IServiceCollection services)
    {
        services.AddOptions<ModelCacheOptions>().BindConfiguration(ModelCacheOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<ModelRegistry>()
            .AddSingleton<ModelLoader>()
            .AddSingleton<ModelCache>()
            .AddSingleton<ActiveModel>()
            .AddSingleton<ModelResponses>()
            .AddSingleton<Misclassifications>()
            .AddHostedService<ActiveModelStartup>();
    }
}
