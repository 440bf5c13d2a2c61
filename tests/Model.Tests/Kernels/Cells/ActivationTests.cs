using RnnService.Model.Kernels.Cells;
using RnnService.Model.Kernels.Products;

namespace RnnService.Model.Tests.Kernels.Cells;

public class ActivationTests
{
    private const double Tolerance = 2e-7;

    [Fact]
    public void Sigmoid_and_tanh_are_accurate_from_minus_infinity_to_infinity()
    {
        float[] inputs = [float.NegativeInfinity, .. Enumerable.Range(-100_000, 200_001).Select(i => i / 1_000f), float.PositiveInfinity];

        foreach (float x in inputs)
        {
            Assert.InRange(Value(Activation.Sigmoid(new ScalarLane(x))) - (1 / (1 + Math.Exp(-(double)x))), -Tolerance, Tolerance);
            Assert.InRange(Value(Activation.Tanh(new ScalarLane(x))) - Math.Tanh(x), -Tolerance, Tolerance);
        }
    }

    private static unsafe float Value(ScalarLane lane)
    {
        float value;
        lane.Store(&value);
        return value;
    }
}
