using RnnService.Model.Architecture;
using RnnService.Model.Data;
using RnnService.Model.Images;
using RnnService.Model.Inference;
using RnnService.Model.Tests.Inference;
using RnnService.Model.Training;
using RnnService.Testing;

namespace RnnService.Model.Tests.Training;

public class EvaluatorTests
{
    [Fact]
    public void Every_image_is_counted_by_label_and_predicted_digit()
    {
        // 1,030 images are four full batches and one partial batch.
        DigitDataset data = Mnist.Data.Test.Slice(0, 1_030);
        using DigitClassifier classifier = UntrainedClassifier.Create(version: 5, hiddenSize: 16);
        using CompiledNetwork network = UntrainedClassifier.Compile(new NetworkSettings(NetworkType.Lstm, 16), seed: 5);

        Evaluation evaluation = Evaluator.Evaluate(network, data);

        Prediction[] predictions = [.. classifier.Classify([.. Enumerable.Range(0, data.Count).Select(i => new DigitImage(data.Pixels(i)))])];
        int[][] expected = [.. Enumerable.Range(0, 10).Select(_ => new int[10])];
        for (int i = 0; i < predictions.Length; i++)
        {
            expected[data.Labels[i]][predictions[i].Digit]++;
        }

        Assert.Equal(new ConfusionMatrix(expected), evaluation.Confusion);
        Assert.Equal(expected.Select((row, digit) => row[digit]).Sum() / 1_030.0, evaluation.Accuracy);
    }
}
