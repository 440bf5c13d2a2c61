using System.Security.Cryptography;
using RnnService.Model.Images;

namespace RnnService.Model.Data;

/// <summary>A folder with the four IDX files of a data set in MNIST's layout.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Sha256">The files' SHA-256 by file name, in lower-case hexadecimal; empty when any content will do.</param>
public sealed record DatasetDirectory(string Path, IReadOnlyDictionary<string, string> Sha256)
{
    private const string TrainingImages = "train-images-idx3-ubyte";
    private const string TrainingLabels = "train-labels-idx1-ubyte";
    private const string TestImages = "t10k-images-idx3-ubyte";
    private const string TestLabels = "t10k-labels-idx1-ubyte";
    private const int MinimumTrainingImages = 12;

    /// <summary>What MNIST's four files must hash to.</summary>
    public static IReadOnlyDictionary<string, string> MnistSha256 { get; } = new Dictionary<string, string>
    {
        [TrainingImages] = "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        [TrainingLabels] = "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
        [TestImages] = "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        [TestLabels] = "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    };

    /// <summary>Reads and checks the four files and splits them.</summary>
    /// <exception cref="InvalidDatasetException">A file is missing, malformed, of another size than 28×28, has labels over 9, or another hash.</exception>
    public DatasetSplit Load()
    {
        DigitDataset training = Load(TrainingImages, TrainingLabels);
        DigitDataset test = Load(TestImages, TestLabels);
        if (training.Count < MinimumTrainingImages || test.Count == 0)
        {
            throw new InvalidDatasetException(Path, $"it has {training.Count} training and {test.Count} test images; at least {MinimumTrainingImages} and 1 are needed.");
        }

        return DatasetSplit.From(training, test);
    }

    private DigitDataset Load(string imagesName, string labelsName)
    {
        IdxFile images = Read(imagesName, rank: 3);
        IdxFile labels = Read(labelsName, rank: 1);
        string imagesPath = System.IO.Path.Combine(Path, imagesName);
        string labelsPath = System.IO.Path.Combine(Path, labelsName);

        if (images.Dimensions[1] != DigitImage.Side || images.Dimensions[2] != DigitImage.Side)
        {
            throw new InvalidDatasetException(imagesPath, $"its images are {images.Dimensions[1]}×{images.Dimensions[2]}, but only 28×28 can be trained on.");
        }

        if (images.Dimensions[0] != labels.Dimensions[0])
        {
            throw new InvalidDatasetException(labelsPath, $"it has {labels.Dimensions[0]} labels for the {images.Dimensions[0]} images of {imagesName}.");
        }

        int wrong = labels.Data.Span.IndexOfAnyExceptInRange((byte)0, (byte)9);
        if (wrong >= 0)
        {
            throw new InvalidDatasetException(labelsPath, $"label {wrong} is {labels.Data.Span[wrong]}, but labels go from 0 to 9.");
        }

        return new DigitDataset(images.Data, labels.Data);
    }

    private IdxFile Read(string name, int rank)
    {
        string path = System.IO.Path.Combine(Path, name);
        byte[] content;
        try
        {
            content = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDatasetException(path, "it cannot be read. A data set is a folder with the four unpacked IDX files, named as MNIST's are.", e);
        }

        IdxFile file = IdxFile.Parse(path, content, rank);
        string hash = Convert.ToHexStringLower(SHA256.HashData(content));
        if (Sha256.TryGetValue(name, out string? expected) && hash != expected)
        {
            throw new InvalidDatasetException(path, $"its SHA-256 is {hash}, but MNIST's is {expected}. Restore the file, or give your own data a name other than mnist.");
        }

        return file;
    }
}
