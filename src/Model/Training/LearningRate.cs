namespace RnnService.Model.Training;

/// <summary>Learning rate schedules.</summary>
public static class LearningRate
{
    // Like PyTorch's OneCycleLR, but the warm-up is linear, and the final learning rate is relative to the peak.
    private const double WarmUpFraction = 0.3;
    private const double StartDivisor = 25;
    private const double EndDivisor = 1e4;

    /// <summary>Computes the learning rate of a step. It depends only on the arguments, so the schedule continues when training resumes.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="peak">The maximum learning rate.</param>
    /// <param name="step">The step, from 0 to <paramref name="steps"/> - 1.</param>
    /// <param name="steps">Total number of training steps.</param>
    public static double At(LearningRateSchedule schedule, double peak, long step, long steps) => schedule switch
    {
        LearningRateSchedule.Constant => peak,
        LearningRateSchedule.OneCycle => OneCycle(peak, step, steps - 1),
        _ => throw new ArgumentOutOfRangeException(nameof(schedule), schedule, "Unknown schedule."),
    };

    /// <summary>Linear warm-up from 1/25 of the peak over the first 30% of the steps, then cosine annealing to 1/10,000 of the peak.</summary>
    private static double OneCycle(double peak, long step, long last)
    {
        long top = (long)Math.Round(WarmUpFraction * last);
        double start = peak / StartDivisor;
        double end = peak / EndDivisor;
        return step < top
            ? start + ((peak - start) * step / top)
            : end + ((peak - end) * (1 + Math.Cos(Math.PI * (step - top) / Math.Max(1, last - top))) / 2);
    }
}
