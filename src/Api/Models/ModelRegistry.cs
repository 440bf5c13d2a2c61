using RnnService.Api.Hosting;
using RnnService.Api.Jobs;
using RnnService.Model.Inference;
using RnnService.Model.Networks;

namespace RnnService.Api.Models;

/// <summary>All trained networks, in memory; the latest one serves.</summary>
internal sealed class ModelRegistry(TimeProvider time, PredictionBatcher batcher)
{
    private readonly Lock gate = new();
    private readonly List<ModelVersion> oldestFirst = [];

    /// <summary>Keeps a copy of a network's weights, and serves from the copy.</summary>
    public ModelVersion Add(TrainingJob job, DigitNetwork network, double testAccuracy)
    {
        byte[] weights = network.ToSafeTensors();
        lock (gate)
        {
            ModelVersion model = new(
                Guid.CreateVersion7(),
                oldestFirst.Count + 1,
                job.Id,
                time.GetUtcNow().UtcDateTime,
                job.Settings,
                testAccuracy,
                network.ParameterCount,
                weights);
            batcher.Serve(new DigitClassifier(DigitNetwork.Load(network.Settings, weights), model.Identity));
            oldestFirst.Add(model);
            return model;
        }
    }

    public Page<ModelVersion> List(Paging paging)
    {
        lock (gate)
        {
            return paging.Of(oldestFirst.AsEnumerable().Reverse(), model => model.Id);
        }
    }
}
