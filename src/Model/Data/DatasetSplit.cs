namespace RnnService.Model.Data;

/// <summary>
/// A data set in three parts: one to learn from, one to watch the learning, one to judge it once at the end.
/// As in the article's loader (TensorFlow's <c>read_data_sets</c>), validation is the first twelfth of the training
/// file: 5,000 of MNIST's 60,000 images, which leaves 55,000.
/// </summary>
/// <param name="Training">What the network learns from.</param>
/// <param name="Validation">What is measured after each epoch.</param>
/// <param name="Test">What is measured once, after the last epoch.</param>
public sealed record DatasetSplit(DigitDataset Training, DigitDataset Validation, DigitDataset Test)
{
    private const int ValidationShare = 12;

    /// <summary>Splits the training file's images; the test file's are left as they are.</summary>
    /// <param name="trainingFile">All images of the training file.</param>
    /// <param name="testFile">All images of the test file.</param>
    public static DatasetSplit From(DigitDataset trainingFile, DigitDataset testFile)
    {
        int validation = trainingFile.Count / ValidationShare;
        return new DatasetSplit(
            trainingFile.Slice(validation, trainingFile.Count - validation),
            trainingFile.Slice(0, validation),
            testFile);
    }
}
