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
    public void Probabilities_after_a_row_do_not_depend_on_later_rows(NetworkType type, int layers, bool bidirectional, ReadingOrder reading)
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
    public void Networks_that_need_the_whole_image_are_traced_with_blank_later_rows(NetworkType type, int layers, bool bidirectional, ReadingOrder reading)
    {
        using DigitClassifier classifier = Classifier(new NetworkSettings(type, 40) { Layers = layers, Bidirectional = bidirectional, Reading = reading });
        bool needsWholeImage = type == NetworkType.Fnn || bidirectional || reading != ReadingOrder.Rows;

        IReadOnlyList<IReadOnlyList<float>> trace = classifier.Trace(Upper(28)).Trace!;

        bool[] matchesUpperRows = [.. trace.Select((probabilities, row) => IsClose(classifier.Classify([Upper(row + 1)])[0].Probabilities, probabilities))];
        Assert.True(matchesUpperRows[^1]);
        Assert.Equal(needsWholeImage, Array.TrueForAll(matchesUpperRows, matches => matches));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Probabilities_after_the_last_row_equal_the_prediction(NetworkType type, int layers, bool bidirectional, ReadingOrder reading)
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
    public void Members_that_read_rows_are_traced_like_each_of_them()
    {
        NetworkSettings settings = new(NetworkType.Lstm, 40) { Members = 2 };
        using DigitNetwork network = RandomNetwork.Create(settings);
        using CompiledNetwork both = new(network.ToFile()), first = new(MemberNetwork.Of(network, 1)), second = new(MemberNetwork.Of(network, 2));

        // The mean of logits is the geometric mean of probabilities, which are then scaled to a sum of 1.
        float[][] expected = [.. first.Trace(Upper(28)).Zip(second.Trace(Upper(28)), (a, b) => a.Probabilities.Zip(b.Probabilities, (p, q) => MathF.Sqrt(p * q)).ToArray())];

        Assert.All(both.Trace(Upper(28)).Zip(expected), row => AssertClose([.. row.Second.Select(p => p / row.Second.Sum())], row.First.Probabilities));
    }

    [Fact]
    public void Members_that_read_columns_are_traced_with_blank_later_rows()
    {
        using DigitClassifier classifier = Classifier(new NetworkSettings(NetworkType.Lstm, 40) { Members = 3, Reading = ReadingOrder.RowsOrColumns });

        IReadOnlyList<IReadOnlyList<float>> trace = classifier.Trace(Upper(28)).Trace!;

        Assert.All(trace.Index(), row => AssertClose(classifier.Classify([Upper(row.Index + 1)])[0].Probabilities, row.Item));
    }

    [Fact]
    public void An_LSTM_trace_matches_the_reference_implementation()
    {
        using DigitNetwork network = RandomNetwork.Create(new NetworkSettings(NetworkType.Lstm, 7));
        Dictionary<string, float[]> weights = SafeTensorsFile.Parse(network.ToSafeTensors()).Tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Values.ToArray());
        using DigitClassifier classifier = new(new CompiledNetwork(network.ToFile()), new ModelIdentity(Guid.Empty, 1));

        IReadOnlyList<IReadOnlyList<float>> trace = classifier.Trace(Upper(28)).Trace!;

        double[][] logits = new ReferenceLstm(weights, hidden: 7).LogitsAfterEachRow(Mnist.Data.Test.Pixels(0));
        Assert.All(trace.Zip(logits), row => AssertClose([.. Softmax(row.Second)], row.First));
    }

    /// <summary>A test image with only its first rows; the other rows are blank.</summary>
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
