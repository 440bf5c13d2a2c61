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

    /// <exception cref="ModelNotFoundException">There is none of that id, or the text is no id.</exception>
    public ModelVersion Get(string id)
    {
        lock (gate)
        {
            ModelVersion? model = Guid.TryParse(id, out Guid wanted) ? oldestFirst.Find(model => model.Id == wanted) : null;
            return model ?? throw new ModelNotFoundException(id);
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
