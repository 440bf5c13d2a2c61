using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using RnnService.Api.Http;

namespace RnnService.Api.Storage;

internal static class StorageServices
{
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddHealthChecks().AddCheck<StorageHealthCheck>("storage");
        return services
            .AddSingleton<DataDirectory>()
            .AddSingleton<IInterceptor, SqlitePragmas>()
            .AddSingleton<DatabaseRetry>()
            .AddSingleton<ServiceDatabase>()
            .AddSingleton<IExceptionMapper, DatabaseExceptionMapper>()
            .AddPooledDbContextFactory<ServiceDbContext>((provider, options) => options
                .UseSqlite(provider.GetRequiredService<DataDirectory>().ConnectionString)
                .AddInterceptors(provider.GetServices<IInterceptor>()));
    }
}
