using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;
using RnnService.Api.Http;
using RnnService.Model.Inference;

namespace RnnService.Api.Prediction;

internal static class PredictionServices
{
    // The maximum number of connections that are not yet accepted. Under load, the default of 512 overflows, and clients retry only after a second.
    private const int MaxPendingConnections = 4096;

    // What the server buffers of a request that nobody reads yet. The default of 1 MiB would add up to gigabytes with thousands of connections.
    private const int MaxBufferedRequestBytes = 128 * 1024;

    public static IServiceCollection AddPrediction(this IServiceCollection services)
    {
        services.AddOptions<PredictionOptions>().BindConfiguration(PredictionOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.Configure<SocketTransportOptions>(sockets => sockets.Backlog = MaxPendingConnections);
        services.Configure<KestrelServerOptions>(server => server.Limits.MaxRequestBufferSize = MaxBufferedRequestBytes);
        return services
            .AddSingleton<Predictor>()
            .AddSingleton<PredictionPermits>()
            .AddSingleton<DigitReader>()
            .AddSingleton<PredictionRequest>()
            .AddSingleton<BatchPredictionRequest>()
            .AddSingleton<IExceptionMapper, PredictionExceptionMapper>()
            .AddSingleton(provider => new DigitFitter(Options(provider).MaxConcurrentFits))
            .AddSingleton(provider => new PredictionBatcher(new BatchingSettings(Options(provider).MaxBatch, Options(provider).QueueLimit, Options(provider).MaxWait)));
    }

    private static PredictionOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<PredictionOptions>>().Value;
}
