using RnnService.Model.Architecture;
using RnnService.Model.Data;
using RnnService.Model.Images;
using RnnService.Model.Inference;

namespace RnnService.Model.Training;

/// <summary>Evaluates a network with the same code that serves it.</summary>
public static class Evaluator
{
    private const int BatchSize = 250;

    /// <summary>Evaluates a network on every image of a dataset.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">The images. If there are none, loss and accuracy are 0.</param>
    /// <param name="cancellation">Stops the evaluation between two batches.</param>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled.</exception>
    public static Evaluation Evaluate(CompiledNetwork network, DigitDataset data, CancellationToken cancellation = default)
    {
        double loss = 0;
        int[][] confusion = [.. Enumerable.Range(0, NetworkSettings.ClassCount).Select(_ => new int[NetworkSettings.ClassCount])];
        foreach (int[] batch in Enumerable.Range(0, data.Count).Chunk(BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            IReadOnlyList<float[]> logits = network.Logits([.. batch.Select(index => new DigitImage(data.Pixels(index)))]);
            foreach ((int index, float[] image) in batch.Zip(logits))
            {
                int label = data.Labels[index];
                loss += CrossEntropy(image, label, temperature: 1);
                confusion[label][Array.IndexOf(image, image.Max())]++;
            }
        }

        return new Evaluation(data.Count == 0 ? 0 : loss / data.Count, new ConfusionMatrix(confusion));
    }

    /// <summary>-log softmax(logits / temperature)[label], in nats.</summary>
    internal static double CrossEntropy(float[] logits, int label, double temperature) => Softmax.LogSum(logits, temperature) - (logits[label] / temperature);
}
