using RnnService.Model.Architecture;
using RnnService.Model.Images;
using RnnService.Model.Inference;
using RnnService.Model.Tests.Networks;
using RnnService.Testing;

namespace RnnService.Model.Tests.Inference;

public class TracedBatchTests
{
    [Theory]
    [MemberData(nameof(TraceTests.Kinds), MemberType = typeof(TraceTests))]
    public void A_mixed_batch_equals_single_classifications_bit_for_bit(NetworkType type, int layers, bool bidirectional, ReadingOrder reading)
    {
        NetworkSettings settings = new(type, 40) { Layers = layers, Bidirectional = bidirectional, Reading = reading };
        using DigitClassifier classifier = new(RandomNetwork.Compile(settings), new ModelIdentity(Guid.Empty, 1));
        DigitImage[] images = [.. Enumerable.Range(0, 13).Select(i => new DigitImage(Mnist.Data.Test.Pixels(i))), new DigitImage(new byte[784])];

        foreach (int traceEvery in new[] { 1, 2, 3, 20 })
        {
            IReadOnlyList<Prediction> mixed = classifier.Classify([.. images.Select((image, i) => ((IDigit)image, i % traceEvery == 0))]);

            for (int i = 0; i < images.Length; i++)
            {
                Prediction alone = i % traceEvery == 0 ? classifier.Trace(images[i]) : classifier.Classify([images[i]])[0];
                Assert.Equal(alone.Probabilities, mixed[i].Probabilities);
                Assert.Equal(alone.Trace, mixed[i].Trace);
            }
        }
    }

    [Fact]
    public async Task Traced_images_of_many_callers_are_one_pass_of_the_network()
    {
        using PredictionBatcher batcher = new(new BatchingSettings(MaxBatch: 8, QueueLimit: 100));
        CountingNetwork network = new();
        batcher.Activate(new DigitClassifier(network, UntrainedClassifier.Identity(1)));
        StuckNetwork stuck = new();
        using DigitClassifier holdsUp = new(stuck, UntrainedClassifier.Identity(2));
        DigitImage image = new(new byte[784]);

        Task<Prediction> first = batcher.ClassifyAsync(image, holdsUp);
        await stuck.Started.WaitAsync();
        Task<Prediction>[] mixed = [.. Enumerable.Range(0, 6).Select(i => batcher.ClassifyAsync(image, trace: i % 2 == 0))];
        stuck.Gate.Release();
        await Task.WhenAll([first, .. mixed]);

        Assert.Equal([(3, 3)], network.Passes);
    }

    private sealed class CountingNetwork : IInferenceNetwork
    {
        public List<(int Plain, int Traced)> Passes { get; } = [];

        public IReadOnlyList<Classification> Classify(IReadOnlyList<IDigit> images) => throw new NotSupportedException();

        public IReadOnlyList<Classification> Trace(IDigit image) => throw new NotSupportedException();

        public (IReadOnlyList<Classification> Classified, IReadOnlyList<IReadOnlyList<Classification>> Traced) ClassifyAndTrace(IReadOnlyList<IDigit> images, IReadOnlyList<IDigit> traced)
        {
            Passes.Add((images.Count, traced.Count));
            Classification zeros = new(new float[10], IsDigit: null);
            return ([.. images.Select(_ => zeros)], [.. traced.Select(_ => Enumerable.Repeat(zeros, 28).ToArray())]);
        }

        public void Dispose()
        {
        }
    }
}
