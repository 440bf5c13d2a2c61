using System.Globalization;
using RnnService.Model.Architecture;
using RnnService.Model.Data;
using RnnService.Model.Images;
using RnnService.Model.Inference;
using RnnService.Model.SafeTensors;
using RnnService.Model.Training;
using RnnService.Testing;

namespace RnnService.Model.Tests.Training;

/// <summary>A small network, trained once and calibrated.</summary>
public sealed class CalibratedNetwork : IDisposable
{
    private readonly Trainer trainer = new(new TrainingSettings { HiddenSize = 48, Epochs = 3, TrainingImages = 10_000, LearningRate = 0.005, Augmentation = Augmentation.Shift }, Mnist.Data);

    public CalibratedNetwork()
    {
        Assert.Equal(3, trainer.Train().Count());
        File = trainer.Calibrate();
    }

    public NetworkFile File { get; }

    public NetworkFile Again() => trainer.Calibrate();

    public void Dispose() => trainer.Dispose();
}

public sealed class CalibrationTests(CalibratedNetwork calibrated) : IClassFixture<CalibratedNetwork>
{
    private static readonly DigitImage[] Digits = [.. Enumerable.Range(0, 2_000).Select(i => new DigitImage(Mnist.Data.Test.Pixels(i)))];

    private NetworkFile File => calibrated.File;

    [Fact]
    public void Digits_are_recognized_as_digits_and_other_images_are_not()
    {
        using CompiledNetwork network = new(File);

        double refused = Refused(network, Digits);

        Assert.InRange(refused, 0, 0.03);
        Assert.InRange(Refused(network, [.. Digits.Select(TwoHalves)]), 2 * refused, 1);
        Assert.InRange(Refused(network, [.. Digits.Select(Inverted)]), 0.9, 1);
    }

    [Fact]
    public void Calibration_changes_confidence_but_no_digit()
    {
        using CompiledNetwork before = new(File with { Calibration = null });
        using CompiledNetwork after = new(File);
        IReadOnlyList<Classification> raw = before.Classify(Digits);
        IReadOnlyList<Classification> scaled = after.Classify(Digits);

        Assert.All(raw, image => Assert.Null(image.IsDigit));
        Assert.Equal(raw.Select(Digit), scaled.Select(Digit));
        Assert.NotEqual(raw.Select(image => image.Probabilities.Max()), scaled.Select(image => image.Probabilities.Max()));
        Assert.Equal(before.Logits(Digits), after.Logits(Digits));
    }

    [Fact]
    public void The_temperature_is_that_of_the_smallest_cross_entropy_on_validation_images()
    {
        float temperature = File.Calibration!.Temperature;

        double loss = Loss(temperature);

        Assert.InRange(loss, 0, Loss(1));
        Assert.InRange(loss, 0, Loss(temperature * 1.05f));
        Assert.InRange(loss, 0, Loss(temperature / 1.05f));
    }

    [Fact]
    public void Logits_are_at_most_doubled_when_all_validation_images_are_classified_correctly()
    {
        DatasetSplit easy = Mnist.Data with { Training = Mnist.Data.Training.Slice(0, 200), Validation = Mnist.Data.Training.Slice(0, 10) };
        using Trainer trainer = new(new TrainingSettings { HiddenSize = 32, Epochs = 30, BatchSize = 20, LearningRate = 0.01 }, easy);
        Assert.Equal(1, trainer.Train().Last().ValidationAccuracy);

        Assert.Equal(0.5f, trainer.Calibrate().Calibration!.Temperature, 1e-3f);
    }

    [Fact]
    public void A_calibrated_file_is_read_as_written_and_calibration_is_deterministic()
    {
        NetworkFile read = NetworkFile.Parse(File.ToBytes());

        Assert.Equal(File.ToBytes(), read.ToBytes());
        Assert.Equal(File.ToBytes(), calibrated.Again().ToBytes());
        Assert.Equal(File.Calibration! with { Prototypes = read.Calibration!.Prototypes }, read.Calibration);
        Assert.InRange(read.Calibration.EnergyWeight, 0.001f, 1);
        Assert.Equal([200, 48], read.Calibration.Prototypes.Shape);
    }

    [Fact]
    public void Traced_images_have_the_same_answer()
    {
        using DigitClassifier classifier = new(new CompiledNetwork(File), new ModelIdentity(Guid.Empty, 1));
        DigitImage[] images = [.. Digits.Take(20), .. Digits.Take(20).Select(Inverted)];

        IReadOnlyList<Prediction> plain = classifier.Classify(images);

        Assert.Equal(plain.Select(answer => answer.IsDigit), images.Select(image => classifier.Trace(image).IsDigit));
        Assert.Contains(plain, answer => answer.IsDigit == true);
        Assert.Contains(plain, answer => answer.IsDigit == false);
    }

    [Theory]
    [InlineData("temperature", "0", "temperature is 0")]
    [InlineData("temperature", "NaN", "temperature is NaN")]
    [InlineData("temperature", "warm", "'temperature' is 'warm'")]
    [InlineData("temperature", null, "no field 'temperature'")]
    [InlineData("minFamiliarity", "Infinity", "familiarity is ")]
    [InlineData("energyWeight", "-0.1", "energy is -0.1")]
    [InlineData("energyWeight", null, "no field 'energyWeight'")]
    [InlineData("typicalSimilarity", "NaN", "typical similarity is NaN")]
    [InlineData("typicalSimilarity", null, "no field 'typicalSimilarity'")]
    [InlineData("temperatureSlope", "-1", "slope of the temperature is -1")]
    [InlineData("temperatureSlope", "Infinity", "slope of the temperature is ")]
    [InlineData("temperatureSlope", null, "no field 'temperatureSlope'")]
    [InlineData("format", "rnn-service-network-1", "no tensor 'calibration.prototypes'")]
    public void An_invalid_calibration_is_rejected_by_name(string field, string? value, string fault)
    {
        SafeTensorsFile file = SafeTensorsFile.Parse(File.ToBytes());
        Dictionary<string, string> metadata = new(file.Metadata);
        metadata.Remove(field);
        if (value is not null)
        {
            metadata[field] = value;
        }

        AssertRejected(fault, file with { Metadata = metadata });
    }

    [Fact]
    public void An_image_that_is_less_similar_than_usual_has_a_higher_temperature()
    {
        const float temperature = 1.5f, typical = 0.9f, slope = 20;
        using CompiledNetwork network = new(File with { Calibration = File.Calibration! with { Temperature = temperature, TypicalSimilarity = typical, TemperatureSlope = slope } });
        float[] temperatures = [.. Similarities(network, Digits).Select(similarity => temperature * (similarity < typical ? 1 + (slope * (typical - similarity)) : 1))];
        double[][] expected = [.. network.Logits(Digits).Zip(temperatures, (logits, divisor) => Probabilities(logits, divisor))];

        IReadOnlyList<Classification> actual = network.Classify(Digits);

        Assert.All(actual.Zip(expected), image => Assert.All(image.First.Probabilities.Zip(image.Second), pair => Assert.Equal(pair.Second, pair.First, 1e-3)));
        Assert.InRange(temperatures.Count(value => value > temperature), 200, 1_800);
    }

    [Fact]
    public void In_a_file_of_the_third_format_the_temperature_is_the_same_for_all_images()
    {
        SafeTensorsFile file = SafeTensorsFile.Parse(File.ToBytes());
        Dictionary<string, string> metadata = new(file.Metadata) { ["format"] = "rnn-service-network-3" };
        using CompiledNetwork earlier = CompiledNetwork.Load((file with { Metadata = metadata }).ToBytes());
        using CompiledNetwork latest = new(File);
        double[][] expected = [.. latest.Logits(Digits).Select(logits => Probabilities(logits, File.Calibration!.Temperature))];

        Assert.All(earlier.Classify(Digits).Zip(expected), image => Assert.All(image.First.Probabilities.Zip(image.Second), pair => Assert.Equal(pair.Second, pair.First, 1e-5)));
        Assert.Equal(latest.Familiarity(Digits), earlier.Familiarity(Digits));
    }

    [Fact]
    public void In_a_file_of_the_second_format_familiarity_is_the_cosine_similarity_alone()
    {
        SafeTensorsFile file = SafeTensorsFile.Parse(File.ToBytes());
        using CompiledNetwork latest = new(File);
        float[] expected = Similarities(latest, Digits);
        float median = expected.Order().ElementAt(Digits.Length / 2);
        Dictionary<string, string> metadata = new(file.Metadata) { ["format"] = "rnn-service-network-2", ["minFamiliarity"] = median.ToString(CultureInfo.InvariantCulture) };
        metadata.Remove("energyWeight");
        metadata.Remove("members");
        metadata.Remove("typicalSimilarity");
        metadata.Remove("temperatureSlope");

        using CompiledNetwork earlier = CompiledNetwork.Load((file with { Metadata = metadata }).ToBytes());

        Assert.All(earlier.Familiarity(Digits).Zip(expected), image => Assert.Equal(image.Second, image.First, 1e-5f));
        Assert.InRange(Refused(earlier, Digits), 0.49, 0.51);
    }

    [Fact]
    public void Prototypes_that_do_not_fit_the_network_are_rejected()
    {
        SafeTensorsFile file = SafeTensorsFile.Parse(File.ToBytes());
        NamedTensor prototypes = file.Tensors[^1];

        AssertRejected("'calibration.prototypes' is missing", file with { Tensors = [.. file.Tensors.SkipLast(1)] });
        AssertRejected("'calibration.prototypes' has the shape [100, 96]", file with { Tensors = [.. file.Tensors.SkipLast(1), prototypes with { Shape = [100, 96] }] });
    }

    private static void AssertRejected(string fault, SafeTensorsFile file) =>
        Assert.Contains(fault, Assert.Throws<InvalidDataException>(() => NetworkFile.Parse(file.ToBytes())).Message, StringComparison.Ordinal);

    private static double Refused(CompiledNetwork network, IReadOnlyList<DigitImage> images) => network.Classify(images).Average(image => image.IsDigit == false ? 1.0 : 0);

    /// <summary>The cosine similarity of each image's features to the nearest prototype.</summary>
    private float[] Similarities(CompiledNetwork network, IReadOnlyList<DigitImage> images)
    {
        float[][] prototypes = [.. File.Calibration!.Prototypes.Values.ToArray().Chunk(48)];
        return [.. network.Features(images).Select(features => prototypes.Max(prototype => Product(prototype, features)) / MathF.Sqrt(Product(features, features)))];
    }

    private static double[] Probabilities(float[] logits, float temperature)
    {
        double[] exponentials = [.. logits.Select(logit => Math.Exp(logit / temperature))];
        return [.. exponentials.Select(value => value / exponentials.Sum())];
    }

    private static float Product(float[] left, float[] right) => left.Zip(right, (a, b) => a * b).Sum();

    private static int Digit(Classification image) => image.Probabilities.Index().MaxBy(probability => probability.Item).Index;

    private static DigitImage Inverted(DigitImage image) => new([.. image.Pixels.ToArray().Select(pixel => (byte)(255 - pixel))]);

    /// <summary>The upper half of an image, twice: the second one upside down.</summary>
    private static DigitImage TwoHalves(DigitImage image) => new([.. image.Pixels[..392], .. Mirrored(image)]);

    private static IEnumerable<byte> Mirrored(DigitImage image) => image.Pixels[..392].ToArray().Chunk(28).Reverse().SelectMany(row => row.Reverse());

    private double Loss(float temperature)
    {
        using CompiledNetwork network = new(File with { Calibration = File.Calibration! with { Temperature = temperature } });
        return Enumerable.Range(0, Mnist.Data.Validation.Count).Chunk(250)
            .SelectMany(batch => network.Classify([.. batch.Select(i => new DigitImage(Mnist.Data.Validation.Pixels(i)))]).Zip(batch))
            .Average(image => -Math.Log(image.First.Probabilities[Mnist.Data.Validation.Labels[image.Second]] + 1e-30));
    }
}
