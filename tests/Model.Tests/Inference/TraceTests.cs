using RnnService.Model.Architecture;
using RnnService.Model.Images;
using RnnService.Model.Inference;
using RnnService.Model.Networks;
using RnnService.Model.SafeTensors;
using RnnService.Model.Tests.Networks;
using RnnService.Testing;

namespace RnnService.Model.Tests.Inference;

public class TraceTests
{
    private const double Tolerance = 1e-5;

    public static TheoryData<NetworkType, int, bool, ReadingOrder> Kinds { get; } = new()
    {
        { NetworkType.Lstm, 1, false, ReadingOrder.Rows },
        { NetworkType.Lstm, 2, false, ReadingOrder.Rows },
        { NetworkType.Gru, 1, false, ReadingOrder.Rows },
        { NetworkType.Rnn, 3, false, ReadingOrder.Rows },
        { NetworkType.Lstm, 1, true, ReadingOrder.Rows },
        { NetworkType.Gru, 2, true, ReadingOrder.RowsAndColumns },
        { NetworkType.Rnn, 1, false, ReadingOrder.RowsAndColumns },
        { NetworkType.Fnn, 2, false, ReadingOrder.Rows },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_it_believes_after_a_row_does_not_depend_on_those_to_come(NetworkType type, int layers, bool bidirectional, ReadingOrder reading)
    {
        using DigitClassifier classifier = Classifier(new NetworkSettings(type, 40) { Layers = layers, Bidirectional = bidirectional, Reading = reading });

        IReadOnlyList<IReadOnlyList<float>> trace = classifier.Trace(Upper(28)).Trace!;

        Assert.Equal(28, trace.Count);
        for (int row = 0; row < 28; row++)
        {
            AssertClose(classifier.Trace(Upper(row + 1)).Trace![row], trace[row]);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_network_that_sees_more_than_the_rows_so_far_is_shown_the_others_blank(NetworkType type, int layers, bool bidirectional, ReadingOrder reading)
    {
        using DigitClassifier classifier = Classifier(new NetworkSettings(type, 40) { Layers = layers, Bidirectional = bidirectional, Reading = reading });
        bool seesMore = type == NetworkType.Fnn || bidirectional || reading != ReadingOrder.Rows;

        IReadOnlyList<IReadOnlyList<float>> trace = classifier.Trace(Upper(28)).Trace!;

        bool[] isAnswerToTheUpperRows = [.. trace.Select((belief, row) => IsClose(classifier.Classify([Upper(row + 1)])[0].Probabilities, belief))];
        Assert.True(isAnswerToTheUpperRows[^1]);
        Assert.Equal(seesMore, Array.TrueForAll(isAnswerToTheUpperRows, answer => answer));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void After_the_last_row_it_believes_what_it_answers(NetworkType type, int layers, bool bidirectional, ReadingOrder reading)
    {
        using DigitClassifier classifier = Classifier(new NetworkSettings(type, 40) { Layers = layers, Bidirectional = bidirectional, Reading = reading });

        Prediction traced = classifier.Trace(Upper(28));
        Prediction plain = classifier.Classify([Upper(28)])[0];

        Assert.Null(plain.Trace);
        Assert.Equal(traced.Probabilities, traced.Trace![^1]);
        Assert.Equal((plain.Digit, plain.Model), (traced.Digit, traced.Model));
        AssertClose(plain.Probabilities, traced.Probabilities);
    }

    [Fact]
    public void An_LSTM_believes_after_each_row_what_its_equations_say()
    {
        using DigitNetwork network = RandomNetwork.Create(new NetworkSettings(NetworkType.Lstm, 7));
        Dictionary<string, float[]> weights = SafeTensorsFile.Parse(network.ToSafeTensors()).Tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Values.ToArray());
        using DigitClassifier classifier = new(new CompiledNetwork(network.ToFile()), new ModelIdentity(Guid.Empty, 1));

        IReadOnlyList<IReadOnlyList<float>> trace = classifier.Trace(Upper(28)).Trace!;

        double[][] logits = new ReferenceLstm(weights, hidden: 7).LogitsAfterEachRow(Mnist.Data.Test.Pixels(0));
        Assert.All(trace.Zip(logits), row => AssertClose([.. Softmax(row.Second)], row.First));
    }

    /// <summary>The first rows of a test image; below them, blank.</summary>
    private static DigitImage Upper(int rows)
    {
        byte[] pixels = Mnist.Data.Test.Pixels(0).ToArray();
        pixels.AsSpan(rows * 28).Clear();
        return new DigitImage(pixels);
    }

    private static DigitClassifier Classifier(NetworkSettings settings) => new(RandomNetwork.Compile(settings), new ModelIdentity(Guid.Empty, 1));

    private static IEnumerable<float> Softmax(double[] logits) => logits.Select(logit => (float)(1 / logits.Sum(other => Math.Exp(other - logit))));

    private static void AssertClose(IReadOnlyList<float> expected, IReadOnlyList<float> actual) =>
        Assert.True(IsClose(expected, actual), $"{string.Join(' ', actual)} is not {string.Join(' ', expected)}.");

    private static bool IsClose(IReadOnlyList<float> expected, IReadOnlyList<float> actual) =>
        expected.Count == actual.Count && expected.Zip(actual).All(pair => Math.Abs(pair.First - pair.Second) < Tolerance);
}
