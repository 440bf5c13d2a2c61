using RnnService.Model.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnService.Model.Tests.Training;

public sealed class AdamOptimizerTests : IDisposable
{
    // Odd sizes, which leave a remainder at every vector width.
    private static readonly long[][] Shapes = [[1], [7], [13, 5], [64], [3, 11, 31]];

    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData(1.0)]
    [InlineData(1_000.0)]
    public void Steps_match_those_of_torch(double? maxGradientNorm)
    {
        Parameter[] ours = Parameters();
        Parameter[] theirs = Parameters();
        AdamOptimizer optimizer = new(Named(ours), maxGradientNorm);
        using Adam reference = optim.Adam(theirs, lr: 0.1);

        for (int step = 0; step < 10; step++)
        {
            double rate = 0.1 / (step + 1);
            SetGradients(ours, seed: step);
            SetGradients(theirs, seed: step);
            double expectedNorm = nn.utils.clip_grad_norm_(theirs, maxGradientNorm ?? float.MaxValue);
            reference.ParamGroups.Single().LearningRate = rate;
            reference.step();

            Assert.Equal(1, optimizer.Step(rate) / expectedNorm, 1e-5);
        }

        Assert.Equal(10, optimizer.Steps);
        foreach ((float actual, float expected) in Values(ours).Zip(Values(theirs)))
        {
            Assert.InRange(actual, expected - Tolerance(expected), expected + Tolerance(expected));
        }
    }

    [Fact]
    public void Moments_with_zero_gradients_decay_to_zero_and_not_to_denormal_numbers()
    {
        Parameter[] parameters = Parameters();
        AdamOptimizer optimizer = new(Named(parameters));
        SetGradients(parameters, seed: 1);
        optimizer.Step(0.1);
        foreach (Parameter parameter in parameters)
        {
            parameter.grad!.zero_();
        }

        for (int step = 0; step < 2_000; step++)
        {
            optimizer.Step(0.1);
        }

        Assert.All(optimizer.FirstMoments.SelectMany(moment => moment.Values.ToArray()), mean => Assert.Equal(0, mean));
        Assert.DoesNotContain(optimizer.SecondMoments.SelectMany(moment => moment.Values.ToArray()), float.IsSubnormal);
    }

    [Fact]
    public void Weights_without_a_gradient_are_unchanged()
    {
        Parameter[] parameters = Parameters();
        parameters[0].grad = ones_like(parameters[0]);
        float[] before = Values(parameters);
        AdamOptimizer optimizer = new(Named(parameters));

        Assert.Equal(1, optimizer.Step(0.1), 1e-6);

        float[] after = Values(parameters);
        Assert.Equal(before[0] - 0.1f, after[0], 1e-5f);
        Assert.Equal(before[1..], after[1..]);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_step_with_a_non_finite_gradient_is_skipped(float value)
    {
        Parameter[] parameters = Parameters();
        SetGradients(parameters, seed: 1);
        using (no_grad())
        {
            parameters[4].grad!.view(-1)[1_022] = value;
        }

        float[] before = Values(parameters);
        AdamOptimizer optimizer = new(Named(parameters), maxGradientNorm: 1);

        Assert.False(double.IsFinite(optimizer.Step(0.1)));

        Assert.Equal(before, Values(parameters));
        Assert.Equal(0, optimizer.Steps);
    }

    private static float Tolerance(float value) => 1e-5f * Math.Max(0.1f, Math.Abs(value));

    private static Parameter[] Parameters()
    {
        using Generator generator = new(1, CPU);
        return [.. Shapes.Select(shape => new Parameter(randn(shape, generator: generator)))];
    }

    private static void SetGradients(Parameter[] parameters, int seed)
    {
        using Generator generator = new((ulong)seed, CPU);
        foreach (Parameter parameter in parameters)
        {
            parameter.grad = randn(parameter.shape, generator: generator);
        }
    }

    private static IEnumerable<(string, Parameter)> Named(Parameter[] parameters) => parameters.Select((parameter, i) => ($"{i}", parameter));

    private static float[] Values(Parameter[] parameters) => [.. parameters.SelectMany(parameter => parameter.data<float>().ToArray())];
}
