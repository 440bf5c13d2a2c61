using RnnService.Benchmarks.Training.CommandLine;
using RnnService.Benchmarks.Training.Images;
using RnnService.Model.Data;
using RnnService.Model.Images;
using RnnService.Model.Inference;
using RnnService.Model.Training;

namespace RnnService.Benchmarks.Training.Reports;

/// <summary>How well presets know what they know: accuracy and calibration on digits of MNIST and of strangers, and how well they recognize images that are no digits.</summary>
internal static class ConfidenceReport
{
    private const int GuidingLines = 800;
    private const int ReportedLines = 793;
    private const int ScribbleCount = 2_000;

    public static void Print(string name, Options options)
    {
        TrainingPreset preset = Options.Named<TrainingPreset>(name);
        IReadOnlyList<int> seeds = options.Seeds("seeds", 1, 2, 3);
        string semeionPath = options.Path("semeion");
        string fashionPath = options.Path("fashion");
        string fontsPath = options.Path("fonts");
        TrainingSettings settings = options.Shorten(TrainingPresets.For(preset));
        options.ThrowIfAnyUnused();

        DatasetSplit data = Mnist.Load();
        Dictionary<string, List<LabeledImage>> digits = new()
        {
            ["MNIST, validation"] = [.. Images(data.Validation)],
            ["MNIST, test"] = [.. Images(data.Test)],
            [$"semeion, lines 1 to {GuidingLines}"] = [.. Semeion.Read(semeionPath, 0, GuidingLines)],
            [$"semeion, lines {GuidingLines + 1} to {GuidingLines + ReportedLines}"] = [.. Semeion.Read(semeionPath, GuidingLines, ReportedLines)],
        };
        Dictionary<string, List<LabeledImage>> others = new()
        {
            ["Fashion-MNIST"] = [.. Fashion.Read(fashionPath)],
            ["scribbles"] = [.. Scribbles.Draw(ScribbleCount, seed: 1)],
            ["letters"] = [.. Letters.Draw(fontsPath)],
        };

        MarkdownTable digitTable = new("digits", "seed", "accuracy, %", "refused, %", "calibration error, %");
        MarkdownTable otherTable = new("no digits", "seed", "AUROC", "refused, %");
        foreach (int seed in seeds)
        {
            using CompiledNetwork network = Train(settings with { Seed = seed }, data);
            foreach ((string set, List<LabeledImage> images) in digits)
            {
                ImageScores scores = new(network, images);
                digitTable.Add(set, $"{seed}", $"{100 * scores.Accuracy:F2}", $"{100 * scores.Refused:F2}", $"{100 * scores.CalibrationError:F2}");
            }

            ImageScores test = new(network, digits["MNIST, test"]);
            foreach ((string set, List<LabeledImage> images) in others)
            {
                ImageScores scores = new(network, images);
                otherTable.Add(set, $"{seed}", $"{test.Auroc(scores):F4}", $"{100 * scores.Refused:F1}");
            }
        }

        digitTable.Print();
        otherTable.Print();
    }

    private static CompiledNetwork Train(TrainingSettings settings, DatasetSplit data)
    {
        using Trainer trainer = new(settings, data);
        foreach (EpochResult epoch in trainer.Train())
        {
            Console.Error.WriteLine($"seed {settings.Seed}, epoch {epoch.Epoch} of {settings.Epochs}: validation accuracy {epoch.ValidationAccuracy:P2}");
        }

        return new CompiledNetwork(trainer.Calibrate());
    }

    private static IEnumerable<LabeledImage> Images(DigitDataset data) =>
        Enumerable.Range(0, data.Count).Select(i => new LabeledImage(new DigitImage(data.Pixels(i)), data.Labels[i]));
}
