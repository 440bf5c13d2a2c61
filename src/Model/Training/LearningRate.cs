namespace RnnService.Model.Training;

/// <summary>The learning rate of each step of a training.</summary>
public static class LearningRate
{
    // Like PyTorch's OneCycleLR, but the way up is straight, and the end is measured from the peak.
    private const double WarmUp = 0.3;
    private const double StartDivisor = 25;
    private const double EndDivisor = 1e4;

    /// <summary>The learning rate at one step. It depends on nothing else, so a training that goes on in the middle goes on with it.</summary>
    /// <param name="schedule">How it goes over the training.</param>
    /// <param name="peak">The largest learning rate.</param>
    /// <param name="step">The step, from 0 to <paramref name="steps"/> - 1.</param>
    /// <param name="steps">How many steps the whole training has.</param>
    public static double At(LearningRateSchedule schedule, double peak, long step, long steps) => schedule switch
    {
        LearningRateSchedule.Constant => peak,
        LearningRateSchedule.OneCycle => OneCycle(peak, step, steps - 1),
        _ => throw new ArgumentOutOfRangeException(nameof(schedule), schedule, "There is no such schedule."),
    };

    /// <summary>In a straight line from a 25th of the peak over the first 30% of the steps, then down along half a cosine to a ten-thousandth.</summary>
    private static double OneCycle(double peak, long step, long last)
    {
        long top = (long)Math.Round(WarmUp * last);
        double start = peak / StartDivisor;
        double end = peak / EndDivisor;
        return step < top
            ? start + ((peak - start) * step / top)
            : end + ((peak - end) * (1 + Math.Cos(Math.PI * (step - top) / Math.Max(1, last - top))) / 2);
    }
}
