using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Options;
using Npgsql;
using RnnService.Api.Http;

namespace RnnService.Api.Storage;

internal static class StorageServices
{
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ConnectionStringOptions>().BindConfiguration(ConnectionStringOptions.Section).ValidateOnStart();
        services.AddHealthChecks().AddCheck<StorageHealthCheck>("storage");
        return services
            .AddSingleton<IValidateOptions<ConnectionStringOptions>, ConnectionStringValidator>()
            .AddSingleton<DatabaseAvailability>()
            .AddSingleton<DatabaseRetry>()
            .AddSingleton<IExceptionMapper, DatabaseExceptionMapper>()
            .AddSqlite()
            .AddPostgres()
            .AddByProvider<IDbContextFactory<ServiceDbContext>, ServiceDbContextFactory<SqliteDbContext>, ServiceDbContextFactory<PostgresDbContext>>()
            .AddByProvider<IServiceDatabase, SqliteDatabase, PostgresDatabase>()
            .AddByProvider<IBlobs, SqliteBlobs, PostgresBlobs>();
    }

    /// <summary>
    /// Adds a service that has an implementation for each database. The setting <c>ConnectionStrings:Postgres</c> decides which one is used, and only that one is
    /// created.
    /// </summary>
    public static IServiceCollection AddByProvider<TService, TSqlite, TPostgres>(this IServiceCollection services)
        where TService : class
        where TSqlite : class, TService
        where TPostgres : class, TService => services
            .AddSingleton<TSqlite>()
            .AddSingleton<TPostgres>()
            .AddSingleton<TService>(provider => provider.GetRequiredService<IOptions<ConnectionStringOptions>>().Value.UsesPostgres
                ? provider.GetRequiredService<TPostgres>()
                : provider.GetRequiredService<TSqlite>());

    private static IServiceCollection AddSqlite(this IServiceCollection services) => services
        .AddSingleton<DataDirectory>()
        .AddSingleton<SqlitePragmas>()
        .AddPooledDbContextFactory<SqliteDbContext>((provider, options) => options
            .UseSqlite(provider.GetRequiredService<DataDirectory>().ConnectionString)
            .AddInterceptors(provider.GetRequiredService<SqlitePragmas>())
            .AddInterceptors(provider.GetServices<IInterceptor>()));

    private static IServiceCollection AddPostgres(this IServiceCollection services) => services
        .AddSingleton(provider => PostgresDataSource.Create(provider.GetRequiredService<IOptions<ConnectionStringOptions>>()))
        .AddPooledDbContextFactory<PostgresDbContext>((provider, options) => options
            .UseNpgsql(
                provider.GetRequiredService<NpgsqlDataSource>(),

                // The provider's strategy wraps transient faults in other exceptions.
                postgres => postgres.ExecutionStrategy(dependencies => new NonRetryingExecutionStrategy(dependencies)))
            .AddInterceptors(provider.GetServices<IInterceptor>()));
}
