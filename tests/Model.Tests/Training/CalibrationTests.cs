using RnnService.Model.Architecture;
using RnnService.Model.Data;
using RnnService.Model.Images;
using RnnService.Model.Inference;
using RnnService.Model.Training;
using RnnService.Testing;
using static RnnService.Model.Tests.Training.CalibratedNetwork;

namespace RnnService.Model.Tests.Training;

[Collection(nameof(CalibratedNetwork))]
public sealed class CalibrationTests(CalibratedNetwork calibrated)
{
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

    [Fact]
    public void The_temperature_rises_by_7_percent_for_each_standard_deviation_below_the_mean_similarity_of_validation_images()
    {
        using CompiledNetwork network = new(File);
        float[] similarities = [.. Enumerable.Range(0, Mnist.Data.Validation.Count).Chunk(250)
            .SelectMany(batch => calibrated.Similarities(network, [.. batch.Select(i => new DigitImage(Mnist.Data.Validation.Pixels(i)))]))];
        double mean = similarities.Average();
        double deviation = Math.Sqrt(similarities.Average(similarity => (similarity - mean) * (similarity - mean)));

        Assert.Equal(mean, File.Calibration!.TypicalSimilarity, 1e-5);
        Assert.Equal(0.07 / deviation, File.Calibration.TemperatureSlope, 1e-3);
    }

    [Fact]
    public void An_image_that_is_less_similar_than_usual_has_a_higher_temperature()
    {
        const float temperature = 1.5f, typical = 0.9f, slope = 20;
        using CompiledNetwork network = new(File with { Calibration = File.Calibration! with { Temperature = temperature, TypicalSimilarity = typical, TemperatureSlope = slope } });
        float[] temperatures = [.. calibrated.Similarities(network, Digits).Select(similarity => temperature * (similarity < typical ? 1 + (slope * (typical - similarity)) : 1))];
        double[][] expected = [.. network.Logits(Digits).Zip(temperatures, (logits, divisor) => Probabilities(logits, divisor))];

        IReadOnlyList<Classification> actual = network.Classify(Digits);

        Assert.All(actual.Zip(expected), image => Assert.All(image.First.Probabilities.Zip(image.Second), pair => Assert.Equal(pair.Second, pair.First, 1e-3)));
        Assert.InRange(temperatures.Count(value => value > temperature), 200, 1_800);
    }

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
