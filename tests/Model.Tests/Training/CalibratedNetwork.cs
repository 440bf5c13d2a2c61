using RnnService.Model.Architecture;
using RnnService.Model.Data;
using RnnService.Model.Images;
using RnnService.Model.Inference;
using RnnService.Model.Training;
using RnnService.Testing;

namespace RnnService.Model.Tests.Training;

/// <summary>A small network, trained once and calibrated.</summary>
[CollectionDefinition(nameof(CalibratedNetwork))]
public sealed class CalibratedNetwork : ICollectionFixture<CalibratedNetwork>, IDisposable
{
    /// <summary>2,000 test images.</summary>
    public static readonly DigitImage[] Digits = [.. Enumerable.Range(0, 2_000).Select(i => new DigitImage(Mnist.Data.Test.Pixels(i)))];

    private readonly Trainer trainer = new(new TrainingSettings { HiddenSize = 48, Epochs = 3, TrainingImages = 10_000, LearningRate = 0.005, Augmentation = Augmentation.Shift }, Mnist.Data);

    public CalibratedNetwork()
    {
        Assert.Equal(3, trainer.Train().Count());
        File = trainer.Calibrate();
    }

    public NetworkFile File { get; }

    public NetworkFile Again() => trainer.Calibrate();

    public void Dispose() => trainer.Dispose();

    /// <summary>The cosine similarity of each image's features to the nearest prototype.</summary>
    public float[] Similarities(CompiledNetwork network, IReadOnlyList<DigitImage> images)
    {
        float[][] prototypes = [.. File.Calibration!.Prototypes.Values.ToArray().Chunk(48)];
        return [.. network.Features(images).Select(features => Similarity(prototypes, features))];
    }

    /// <summary>The softmax function.</summary>
    public static double[] Probabilities(float[] logits, float temperature)
    {
        double[] exponentials = [.. logits.Select(logit => Math.Exp(logit / temperature))];
        return [.. exponentials.Select(value => value / exponentials.Sum())];
    }

    /// <summary>Fraction of images that are taken for no digits.</summary>
    public static double Refused(CompiledNetwork network, IReadOnlyList<DigitImage> images) => network.Classify(images).Average(image => image.IsDigit == false ? 1.0 : 0);

    private static float Product(float[] left, float[] right) => left.Zip(right, (a, b) => a * b).Sum();

    private static float Similarity(float[][] prototypes, float[] features) => prototypes.Max(prototype => Product(prototype, features)) / MathF.Sqrt(Product(features, features));
}
