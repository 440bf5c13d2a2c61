using RnnService.Model.Images;
using RnnService.Model.Inference;
using RnnService.Model.Tests.Inference;
using RnnService.Testing;

namespace RnnService.Model.Tests.Images;

public class DigitValuesTests
{
    [Fact]
    public void Reach_the_network_as_they_are()
    {
        float[] values = [.. Enumerable.Range(0, DigitImage.PixelCount).Select(i => i / 783f)];
        float[] seen = new float[DigitImage.PixelCount];

        new DigitValues(values).CopyTo(seen);

        Assert.Equal(values, seen);
    }

    [Fact]
    public void Are_told_as_the_bytes_are_that_they_were_scaled_from()
    {
        using DigitClassifier classifier = FreshClassifier.Create(version: 1);
        DigitImage bytes = new(Mnist.Data.Test.Pixels(0));
        DigitValues values = new(bytes.Pixels.ToArray().Select(pixel => pixel / 255f).ToArray());

        IReadOnlyList<Prediction> answers = classifier.Classify([bytes, values]);

        Assert.Equal(answers[0].Probabilities, answers[1].Probabilities);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(783)]
    [InlineData(785)]
    public void Are_784(int count)
    {
        Assert.Contains($"784 pixels, but {count} are given", Assert.Throws<ArgumentException>(() => new DigitValues(new float[count])).Message, StringComparison.Ordinal);
        Assert.Contains($"784 pixels, but {count} are given", Assert.Throws<ArgumentException>(() => new DigitImage(new byte[count])).Message, StringComparison.Ordinal);
    }
}
