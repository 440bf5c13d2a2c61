using RnnService.Benchmarks.Reading.Photos;
using RnnService.Benchmarks.Reading.Sets;
using RnnService.Model.Data;
using RnnService.Model.Images;
using RnnService.Model.Inference;

namespace RnnService.Benchmarks.Reading;

/// <summary>How well a preset reads digits of MNIST, of strangers and in photographs, how well its confidence is calibrated, and how well it recognizes images that are not digits.</summary>
internal static class ConfidenceReport
{
    // The first lines may guide choices; only the others are for final figures.
    private const int GuidingLines = 800;
    private const int ScribbleCount = 2_000;

    public static void Print(DatasetSplit mnist, PhotoGenerator photos, ReadingOptions options)
    {
        DigitDataset digits = options.Test ? mnist.Test : mnist.Validation;
        List<LabeledImage> known = [.. LabeledImage.Of(digits)];
        List<LabeledImage> strangers = [.. options.Test ? Semeion.Read(options.Input!, GuidingLines, int.MaxValue) : Semeion.Read(options.Input!, 0, GuidingLines)];
        List<LabeledImage> photographs = [.. Enumerable.Range(0, options.Count).AsParallel().AsOrdered().SelectMany(index => Fit(photos.Digit(index)))];
        Dictionary<string, List<LabeledImage>> others = new()
        {
            ["Fashion-MNIST"] = [.. Fashion.Read(options.Fashion!)],
            ["scribbles"] = [.. Scribbles.Draw(ScribbleCount, options.Seed)],
            ["letters"] = [.. Letters.Draw(options.Fonts!)],
        };

        Console.WriteLine("| images | seed | accuracy, % | refused, % | calibration error, % | AUROC |\n|---|---|---|---|---|---|");
        foreach (int seed in options.Seeds)
        {
            string? weights = options.Weights is null ? null : $"{options.Weights}-{seed}";
            using CompiledNetwork network = new(TrainedNetwork.LoadOrTrain(options.Settings with { Seed = seed }, mnist, weights));
            ImageScores scores = new(network, known);
            PrintDigits("MNIST", seed, scores);
            PrintDigits("semeion", seed, new ImageScores(network, strangers));
            PrintDigits("photographs", seed, new ImageScores(network, photographs));
            foreach ((string name, List<LabeledImage> images) in others)
            {
                ImageScores other = new(network, images);
                Console.WriteLine($"| {name} | {seed} | | {100 * other.Refused:F1} | | {scores.Auroc(other):F4} |");
            }
        }
    }

    private static void PrintDigits(string name, int seed, ImageScores scores) =>
        Console.WriteLine($"| {name} | {seed} | {100 * scores.Accuracy:F2} | {100 * scores.Refused:F2} | {100 * scores.CalibrationError:F2} | |");

    /// <summary>The digit of a photograph. One in which none is found counts as an empty image, which is misread.</summary>
    private static IEnumerable<LabeledImage> Fit(Photo photo)
    {
        FittedDigit? fitted = null;
        try
        {
            fitted = DigitImageDecoder.FitLargest(photo.File);
        }
        catch (InvalidImageException e)
        {
            Console.Error.WriteLine($"{photo.Description}: {e.Message}");
        }

        yield return fitted is null
            ? new LabeledImage(new DigitImage(new byte[DigitImage.PixelCount]), Label: -1)
            : new LabeledImage(fitted.Image, photo.Labels[0], fitted.Count > 1);
    }
}
