namespace RnnService.Api.Models;

internal static class ModelServices
{
    public static IServiceCollection AddModels(this IServiceCollection services)
    {
        services.AddOptions<ModelCacheOptions>().BindConfiguration(ModelCacheOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<DownloadOptions>().BindConfiguration(DownloadOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<ModelNotifier>()
            .AddSingleton<ModelRegistry>()
            .AddSingleton<StoredWeights>()
            .AddSingleton<ModelLoader>()
            .AddSingleton<ModelCache>()
            .AddSingleton<ModelSelection>()
            .AddSingleton<ModelDownloads>()
            .AddSingleton<ActiveModel>()
            .AddSingleton<ModelResponses>()
            .AddSingleton<Misclassifications>()
            .AddHostedService<ActiveModelReconciler>();
    }
}
