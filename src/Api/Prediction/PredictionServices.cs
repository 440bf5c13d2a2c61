using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;
using RnnService.Model.Inference;

namespace RnnService.Api.Prediction;

internal static class PredictionServices
{
    // Clients that connect at once wait here. The default of 512 is soon full; who finds it so tries again after a second, which is longer than any answer takes.
    private const int WaitingConnections = 4096;

    public static IServiceCollection AddPrediction(this IServiceCollection services)
    {
        services.AddOptions<PredictionOptions>().BindConfiguration(PredictionOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.Configure<SocketTransportOptions>(sockets => sockets.Backlog = WaitingConnections);
        return services.AddSingleton<Predictor>().AddSingleton(provider =>
        {
            PredictionOptions options = provider.GetRequiredService<IOptions<PredictionOptions>>().Value;
            return new PredictionBatcher(new BatchingSettings(options.MaxBatch, options.QueueLimit, options.MaxWait));
        });
    }
}
