using RnnService.Model.Data;
using RnnService.Model.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnService.Model.Training;

/// <summary>Measures a network.</summary>
public static class Evaluator
{
    private const int BatchSize = 250;

    /// <summary>Measures a network on every image of a data set; the network is left in evaluation mode.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">The images; when there are none, loss and accuracy are 0.</param>
    /// <param name="cancellation">Ends the measuring between two batches.</param>
    public static Evaluation Evaluate(DigitNetwork network, DigitDataset data, CancellationToken cancellation = default)
    {
        network.eval();
        using IDisposable inference = inference_mode();
        double loss = 0;
        int[][] confusion = [.. Enumerable.Range(0, DigitNetwork.ClassCount).Select(_ => new int[DigitNetwork.ClassCount])];
        int[] indices = [.. Enumerable.Range(0, data.Count)];

        for (int start = 0; start < data.Count; start += BatchSize)
        {
            cancellation.ThrowIfCancellationRequested();
            using DisposeScope scope = NewDisposeScope();
            ReadOnlyMemory<int> batch = indices.AsMemory(start, Math.Min(BatchSize, data.Count - start));
            Tensor labels = DigitTensors.Labels(data, batch);
            Tensor logits = network.call(DigitTensors.Images(data, batch));
            loss += nn.functional.cross_entropy(logits, labels, reduction: nn.Reduction.Sum).item<float>();
            long[] told = logits.argmax(1).data<long>().ToArray();
            for (int i = 0; i < told.Length; i++)
            {
                confusion[data.Labels[start + i]][told[i]]++;
            }
        }

        return new Evaluation(data.Count == 0 ? 0 : loss / data.Count, new ConfusionMatrix(confusion));
    }
}
