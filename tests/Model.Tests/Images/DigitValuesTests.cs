using RnnService.Model.Images;
using RnnService.Model.Inference;
using RnnService.Model.Tests.Inference;
using RnnService.Testing;

namespace RnnService.Model.Tests.Images;

public class DigitValuesTests
{
    [Fact]
    public void Values_are_copied_unchanged()
    {
        float[] values = [.. Enumerable.Range(0, DigitImage.PixelCount).Select(i => i / 783f)];
        float[] copied = new float[DigitImage.PixelCount];

        new DigitValues(values).CopyTo(copied);

        Assert.Equal(values, copied);
    }

    [Fact]
    public void Scaled_values_give_the_same_probabilities_as_bytes()
    {
        using DigitClassifier classifier = UntrainedClassifier.Create(version: 1);
        DigitImage bytes = new(Mnist.Data.Test.Pixels(0));
        DigitValues values = new(bytes.Pixels.ToArray().Select(pixel => pixel / 255f).ToArray());

        IReadOnlyList<Prediction> answers = classifier.Classify([bytes, values]);

        Assert.Equal(answers[0].Probabilities, answers[1].Probabilities);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(783)]
    [InlineData(785)]
    public void Any_count_other_than_784_is_rejected(int count)
    {
        Assert.Contains($"784 pixels, not {count}", Assert.Throws<ArgumentException>(() => new DigitValues(new float[count])).Message, StringComparison.Ordinal);
        Assert.Contains($"784 pixels, not {count}", Assert.Throws<ArgumentException>(() => new DigitImage(new byte[count])).Message, StringComparison.Ordinal);
    }
}
