using System.Security.Cryptography;
using RnnService.Model.Images;

namespace RnnService.Model.Data;

/// <summary>A directory with the four uncompressed IDX files of a dataset, with the file names of MNIST.</summary>
/// <param name="Path">The directory.</param>
/// <param name="Sha256">The expected SHA-256 of files by file name, in lowercase hexadecimal. Files without an entry are not verified.</param>
public sealed record DatasetDirectory(string Path, IReadOnlyDictionary<string, string> Sha256)
{
    private const string TrainingImages = "train-images-idx3-ubyte";
    private const string TrainingLabels = "train-labels-idx1-ubyte";
    private const string TestImages = "t10k-images-idx3-ubyte";
    private const string TestLabels = "t10k-labels-idx1-ubyte";
    private const int MinimumTrainingImages = 12;

    /// <summary>The SHA-256 of MNIST's four files.</summary>
    public static IReadOnlyDictionary<string, string> MnistSha256 { get; } = new Dictionary<string, string>
    {
        [TrainingImages] = "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        [TrainingLabels] = "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
        [TestImages] = "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        [TestLabels] = "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    };

    /// <summary>Reads and validates the four files, and splits them into training, validation and test images.</summary>
    /// <exception cref="InvalidDatasetException">A file is missing or malformed, images are not 28×28, a label exceeds 9, or a hash differs.</exception>
    public DatasetSplit Load()
    {
        DigitDataset training = Load(TrainingImages, TrainingLabels);
        DigitDataset test = Load(TestImages, TestLabels);
        if (training.Count < MinimumTrainingImages || test.Count == 0)
        {
            string smaller = training.Count < MinimumTrainingImages ? TrainingImages : TestImages;
            throw new InvalidDatasetException(System.IO.Path.Combine(Path, smaller), $"its dataset has {training.Count} training and {test.Count} test images; it needs at least {MinimumTrainingImages} and 1.");
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
            throw new InvalidDatasetException(imagesPath, $"its images are {images.Dimensions[1]}×{images.Dimensions[2]}, but they must be 28×28.");
        }

        if (images.Dimensions[0] != labels.Dimensions[0])
        {
            throw new InvalidDatasetException(labelsPath, $"it has {labels.Dimensions[0]} labels for the {images.Dimensions[0]} images of {imagesName}.");
        }

        int invalid = labels.Data.Span.IndexOfAnyExceptInRange((byte)0, (byte)9);
        if (invalid >= 0)
        {
            throw new InvalidDatasetException(labelsPath, $"label {invalid} is {labels.Data.Span[invalid]}, but labels must be from 0 to 9.");
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
            throw new InvalidDatasetException(path, $"it cannot be read, because {Reason(e)}. A dataset is a directory with four uncompressed IDX files that have the file names of MNIST.", e);
        }

        IdxFile file = IdxFile.Parse(path, content, rank);
        string hash = Convert.ToHexStringLower(SHA256.HashData(content));
        if (Sha256.TryGetValue(name, out string? expected) && hash != expected)
        {
            throw new InvalidDatasetException(
                path, $"its SHA-256 is {hash}, but MNIST's is {expected}. Restore the file, or use another name than mnist for your own dataset.");
        }

        return file;
    }

    /// <summary>The messages of the file system contain paths, and depend on its language.</summary>
    private static string Reason(Exception cause) => cause switch
    {
        DirectoryNotFoundException => "its directory does not exist",
        FileNotFoundException => "it does not exist",
        UnauthorizedAccessException => "access to it is denied",
        _ => "an I/O error occurred",
    };
}
