using RnnService.Model.Data;
using RnnService.Testing;

namespace RnnService.Model.Tests.Data;

public sealed class DatasetDirectoryTests : IDisposable
{
    private const string TrainingImages = "train-images-idx3-ubyte";
    private const string TrainingLabels = "train-labels-idx1-ubyte";

    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void Splits_MNIST_as_the_article_does()
    {
        DatasetSplit data = Mnist.Data;

        Assert.Equal((55_000, 5_000, 10_000), (data.Training.Count, data.Validation.Count, data.Test.Count));
    }

    [Fact]
    public void Validates_on_the_first_images_of_the_training_file()
    {
        ReadOnlySpan<byte> labels = File.ReadAllBytes(Path.Combine(Mnist.Directory, TrainingLabels)).AsSpan(8);

        Assert.Equal(labels[..5_000], Mnist.Data.Validation.Labels);
        Assert.Equal(labels[5_000..], Mnist.Data.Training.Labels);
    }

    [Fact]
    public void Refuses_MNIST_with_another_hash()
    {
        CopyMnist();
        byte[] images = File.ReadAllBytes(directory.File(TrainingImages));
        images[^1] ^= 1;
        File.WriteAllBytes(directory.File(TrainingImages), images);

        AssertRefused(TrainingImages, "SHA-256", DatasetDirectory.MnistSha256);
    }

    [Fact]
    public void Refuses_a_folder_without_the_files() => AssertRefused(TrainingImages, "cannot be read");

    [Fact]
    public void Refuses_a_truncated_file()
    {
        CopyMnist();
        using (FileStream file = File.OpenWrite(directory.File(TrainingLabels)))
        {
            file.SetLength(file.Length - 1);
        }

        AssertRefused(TrainingLabels, "truncated");
    }

    [Fact]
    public void Refuses_another_number_of_labels_than_images()
    {
        CopyMnist();
        File.WriteAllBytes(directory.File(TrainingLabels), [0, 0, 8, 1, 0, 0, 0, 2, 0, 1]);

        AssertRefused(TrainingLabels, "2 labels for the 60000 images");
    }

    [Fact]
    public void Refuses_a_label_that_is_no_digit()
    {
        CopyMnist();
        byte[] labels = File.ReadAllBytes(directory.File(TrainingLabels));
        labels[8 + 3] = 10;
        File.WriteAllBytes(directory.File(TrainingLabels), labels);

        AssertRefused(TrainingLabels, "label 3 is 10");
    }

    [Fact]
    public void Refuses_images_of_another_size()
    {
        CopyMnist();
        File.WriteAllBytes(directory.File(TrainingImages), [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6]);

        AssertRefused(TrainingImages, "2×3");
    }

    private void CopyMnist()
    {
        foreach (string file in Directory.GetFiles(Mnist.Directory))
        {
            File.Copy(file, directory.File(Path.GetFileName(file)));
        }
    }

    private void AssertRefused(string file, string fault, IReadOnlyDictionary<string, string>? hashes = null)
    {
        DatasetDirectory dataset = new(directory.Path, hashes ?? new Dictionary<string, string>());

        InvalidDatasetException exception = Assert.Throws<InvalidDatasetException>(dataset.Load);

        Assert.StartsWith(directory.File(file), exception.Message, StringComparison.Ordinal);
        Assert.Contains(fault, exception.Message, StringComparison.Ordinal);
    }
}
