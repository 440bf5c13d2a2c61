using Microsoft.Extensions.Options;
using RnnService.Model.Inference;

namespace RnnService.Api.Prediction;

internal static class PredictionServices
{
    public static IServiceCollection AddPrediction(this IServiceCollection services)
    {
        services.AddOptions<PredictionOptions>().BindConfiguration(PredictionOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<Predictor>().AddSingleton(provider =>
        {
            PredictionOptions options = provider.GetRequiredService<IOptions<PredictionOptions>>().Value;
            return new PredictionBatcher(new BatchingSettings(options.MaxBatch, options.QueueLimit, options.MaxWait));
        });
    }
}
