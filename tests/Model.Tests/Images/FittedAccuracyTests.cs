using RnnService.Model.Data;
using RnnService.Model.Images;
using RnnService.Model.Inference;
using RnnService.Model.Training;
using RnnService.Testing;

namespace RnnService.Model.Tests.Images;

public class FittedAccuracyTests
{
    private const int Digits = 1_000;

    private static readonly DigitDataset Test = Mnist.Data.Test;

    [Fact]
    public void A_network_trained_on_MNIST_classifies_fitted_images_nearly_as_well()
    {
        using Trainer trainer = new(new TrainingSettings { HiddenSize = 64, Epochs = 2, TrainingImages = 10_000, LearningRate = 0.005 }, Mnist.Data);
        Assert.Equal(2, trainer.Train().Count());
        using DigitClassifier classifier = new(new CompiledNetwork(trainer.Network.ToFile()), new ModelIdentity(Guid.Empty, 1));

        int plain = CountCorrect(classifier, i => new DigitImage(Test.Pixels(i)));
        int moved = CountCorrect(classifier, i => DigitImageDecoder.Fit(new Canvas(60, 60).Paste(Test.Pixels(i), i % 32, i % 31).ToPng()));
        int onPaper = CountCorrect(classifier, i => DigitImageDecoder.Fit(new Canvas(120, 120, 210).Paste(Test.Pixels(i), i % 36, i % 34, scale: 3, ink: 30).ToPng()));

        Assert.InRange(plain, 850, Digits);
        Assert.InRange(moved, plain - 5, plain + 5);
        // Scaling blurs the edges of the ink, which costs one to two percent of accuracy.
        Assert.InRange(onPaper, plain - 30, Digits);
    }

    private static int CountCorrect(DigitClassifier classifier, Func<int, DigitImage> image) =>
        Enumerable.Range(0, Digits).Zip(classifier.Classify([.. Enumerable.Range(0, Digits).Select(image)])).Count(answer => answer.Second.Digit == Test.Labels[answer.First]);
}
