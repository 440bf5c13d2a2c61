using RnnService.Model.Training;

namespace RnnService.Model.Tests.Training;

public class LearningRateTests
{
    private const double Peak = 0.01;

    [Fact]
    public void Constant_does_not_change() => Assert.All(Rates(LearningRateSchedule.Constant, 50), rate => Assert.Equal(Peak, rate));

    [Fact]
    public void One_cycle_starts_low_peaks_after_30_percent_and_ends_near_zero()
    {
        double[] rates = Rates(LearningRateSchedule.OneCycle, 1_001);

        Assert.Equal(Peak / 25, rates[0], 1e-12);
        Assert.Equal(Peak, rates[300], 1e-12);
        Assert.Equal(Peak / 10_000, rates[^1], 1e-12);
        Assert.All(Enumerable.Range(1, 300), step => Assert.True(rates[step] > rates[step - 1]));
        Assert.All(Enumerable.Range(301, 700), step => Assert.True(rates[step] < rates[step - 1]));
        Assert.All(Enumerable.Range(1, 1_000), step => Assert.InRange(Math.Abs(rates[step] - rates[step - 1]), 0, Peak / 200));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void One_cycle_with_few_steps_reaches_its_peak(int steps)
    {
        double[] rates = Rates(LearningRateSchedule.OneCycle, steps);

        Assert.Equal(Peak, rates.Max(), 1e-12);
        Assert.All(rates, rate => Assert.InRange(rate, Peak / 10_000, Peak));
    }

    private static double[] Rates(LearningRateSchedule schedule, int steps) => [.. Enumerable.Range(0, steps).Select(step => LearningRate.At(schedule, Peak, step, steps))];
}
