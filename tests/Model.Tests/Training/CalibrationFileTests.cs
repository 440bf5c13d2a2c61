using System.Globalization;
using RnnService.Model.Architecture;
using RnnService.Model.Inference;
using RnnService.Model.SafeTensors;
using static RnnService.Model.Tests.Training.CalibratedNetwork;

namespace RnnService.Model.Tests.Training;

/// <summary>The files of calibrated networks, of this version and of earlier ones.</summary>
[Collection(nameof(CalibratedNetwork))]
public sealed class CalibrationFileTests(CalibratedNetwork calibrated)
{
    private NetworkFile File => calibrated.File;

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
    [InlineData("temperatureSlope", "1001", "slope of the temperature is 1001")]
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
    public void In_a_file_of_the_third_format_the_temperature_is_the_same_for_all_images()
    {
        Calibration calibration = File.Calibration!;
        using CompiledNetwork earlier = CompiledNetwork.Load(Earlier("rnn-service-network-3", "typicalSimilarity", "temperatureSlope").ToBytes());
        IReadOnlyList<float[]> logits = earlier.Logits(Digits);
        double[][] expected = [.. logits.Select(image => Probabilities(image, calibration.Temperature))];
        double[] familiarities = [.. logits.Zip(calibrated.Similarities(earlier, Digits), (image, similarity) => similarity + (calibration.EnergyWeight * Math.Log(image.Sum(logit => Math.Exp(logit / calibration.Temperature)))))];

        Assert.All(earlier.Classify(Digits).Zip(expected), image => Assert.All(image.First.Probabilities.Zip(image.Second), pair => Assert.Equal(pair.Second, pair.First, 1e-5)));
        Assert.All(earlier.Familiarity(Digits).Zip(familiarities), image => Assert.Equal(image.Second, image.First, 1e-5));
    }

    [Fact]
    public void In_a_file_of_the_second_format_familiarity_is_the_cosine_similarity_alone()
    {
        using CompiledNetwork latest = new(File);
        float[] expected = calibrated.Similarities(latest, Digits);
        float median = expected.Order().ElementAt(Digits.Length / 2);
        SafeTensorsFile file = Earlier("rnn-service-network-2", "typicalSimilarity", "temperatureSlope", "energyWeight", "members");
        Dictionary<string, string> metadata = new(file.Metadata) { ["minFamiliarity"] = median.ToString(CultureInfo.InvariantCulture) };

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

    /// <summary>The calibrated network as an earlier version would have written it: without some fields.</summary>
    private SafeTensorsFile Earlier(string format, params string[] missing)
    {
        SafeTensorsFile file = SafeTensorsFile.Parse(File.ToBytes());
        Dictionary<string, string> metadata = new(file.Metadata.Where(field => !missing.Contains(field.Key))) { ["format"] = format };
        return file with { Metadata = metadata };
    }
}
