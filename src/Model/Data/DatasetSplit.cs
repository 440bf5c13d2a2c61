namespace RnnService.Model.Data;

/// <summary>
/// A dataset split into training, validation and test images. As in the article's loader (TensorFlow's <c>read_data_sets</c>), the validation images are the first
/// twelfth of the training file: 5,000 of MNIST's 60,000 images, which leaves 55,000 for training.
/// </summary>
/// <param name="Training">The images that the network is trained on.</param>
/// <param name="Validation">The images that the network is evaluated on after each epoch.</param>
/// <param name="Test">The images that the network is evaluated on once, after the last epoch.</param>
public sealed record DatasetSplit(DigitDataset Training, DigitDataset Validation, DigitDataset Test)
{
    private const int ValidationDivisor = 12;

    /// <summary>Splits the images of the training file into training and validation images.</summary>
    /// <param name="trainingFile">All images of the training file.</param>
    /// <param name="testFile">All images of the test file.</param>
    public static DatasetSplit From(DigitDataset trainingFile, DigitDataset testFile)
    {
        int validation = trainingFile.Count / ValidationDivisor;
        return new DatasetSplit(
            trainingFile.Slice(validation, trainingFile.Count - validation),
            trainingFile.Slice(0, validation),
            testFile);
    }
}
