namespace RnnService.Api.Models;

internal static class ModelServices
{
    public static IServiceCollection AddModels(this IServiceCollection services) => services
        .AddSingleton<ModelRegistry>()
        .AddSingleton<ModelLoader>()
        .AddSingleton<LoadedModels>()
        .AddSingleton<ActiveModel>()
        .AddSingleton<ModelResponses>()
        .AddSingleton<MisreadImages>()
        .AddHostedService<ModelStart>();
}
