using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;
using RnnService.Api.Http;
using RnnService.Model.Inference;

namespace RnnService.Api.Prediction;

internal static class PredictionServices
{
    // The maximum number of connections that are not yet accepted. Under load, the default of 512 overflows, and clients retry only after a second.
    private const int MaxPendingConnections = 4096;

    public static IServiceCollection AddPrediction(this IServiceCollection services)
    {
        services.AddOptions<PredictionOptions>().BindConfiguration(PredictionOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.Configure<SocketTransportOptions>(sockets => sockets.Backlog = MaxPendingConnections);
        return services.AddSingleton<Predictor>().AddSingleton<IExceptionMapper, PredictionExceptionMapper>().AddSingleton(provider =>
        {
            PredictionOptions options = provider.GetRequiredService<IOptions<PredictionOptions>>().Value;
            return new PredictionBatcher(new BatchingSettings(options.MaxBatch, options.QueueLimit, options.MaxWait));
        });
    }
}
