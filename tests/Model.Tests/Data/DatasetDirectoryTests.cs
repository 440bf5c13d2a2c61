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
    public void MNIST_is_split_as_in_the_article()
    {
        DatasetSplit data = Mnist.Data;

        Assert.Equal((55_000, 5_000, 10_000), (data.Training.Count, data.Validation.Count, data.Test.Count));
    }

    [Fact]
    public void The_validation_set_is_the_first_5000_images_of_the_training_file()
    {
        ReadOnlySpan<byte> labels = File.ReadAllBytes(Path.Combine(Mnist.Directory, TrainingLabels)).AsSpan(8);

        Assert.Equal(labels[..5_000], Mnist.Data.Validation.Labels);
        Assert.Equal(labels[5_000..], Mnist.Data.Training.Labels);
    }

    [Fact]
    public void MNIST_with_a_wrong_hash_is_rejected()
    {
        CopyMnist();
        byte[] images = File.ReadAllBytes(directory.File(TrainingImages));
        images[^1] ^= 1;
        File.WriteAllBytes(directory.File(TrainingImages), images);

        AssertRejected(TrainingImages, "SHA-256", DatasetDirectory.MnistSha256);
    }

    [Fact]
    public void A_folder_without_the_files_is_rejected() => AssertRejected(TrainingImages, "cannot be read");

    [Fact]
    public void A_truncated_file_is_rejected()
    {
        CopyMnist();
        using (FileStream file = File.OpenWrite(directory.File(TrainingLabels)))
        {
            file.SetLength(file.Length - 1);
        }

        AssertRejected(TrainingLabels, "truncated");
    }

    [Fact]
    public void Different_numbers_of_labels_and_images_are_rejected()
    {
        CopyMnist();
        File.WriteAllBytes(directory.File(TrainingLabels), [0, 0, 8, 1, 0, 0, 0, 2, 0, 1]);

        AssertRejected(TrainingLabels, "2 labels for the 60000 images");
    }

    [Fact]
    public void A_label_above_9_is_rejected()
    {
        CopyMnist();
        byte[] labels = File.ReadAllBytes(directory.File(TrainingLabels));
        labels[8 + 3] = 10;
        File.WriteAllBytes(directory.File(TrainingLabels), labels);

        AssertRejected(TrainingLabels, "label 3 is 10");
    }

    [Fact]
    public void Images_that_are_not_28_by_28_are_rejected()
    {
        CopyMnist();
        File.WriteAllBytes(directory.File(TrainingImages), [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6]);

        AssertRejected(TrainingImages, "2×3");
    }

    private void CopyMnist()
    {
        foreach (string file in Directory.GetFiles(Mnist.Directory))
        {
            File.Copy(file, directory.File(Path.GetFileName(file)));
        }
    }

    private void AssertRejected(string file, string fault, IReadOnlyDictionary<string, string>? hashes = null)
    {
        DatasetDirectory dataset = new(directory.Path, hashes ?? new Dictionary<string, string>());

        InvalidDatasetException exception = Assert.Throws<InvalidDatasetException>(dataset.Load);

        Assert.StartsWith(directory.File(file), exception.Message, StringComparison.Ordinal);
        Assert.Contains(fault, exception.Message, StringComparison.Ordinal);
    }
}
