namespace RnnService.Model.Training;

/// <summary>
/// Temperature scaling: the number that the logits of typical images are divided by, so that the confidence of predictions equals their accuracy. Source: Guo, Pleiss, Sun and Weinberger,
/// "On Calibration of Modern Neural Networks", 2017.
/// </summary>
internal static class Temperature
{
    // If all validation images are classified correctly, the cross-entropy has no minimum: it falls with the temperature.
    private const double Min = 0.5;
    private const double Max = 20;

    // Each step of the golden-section search narrows the interval to 0.618 of it: 40 steps leave a relative error below 1e-7.
    private const int Steps = 40;

    private static readonly double Golden = (Math.Sqrt(5) - 1) / 2;

    /// <summary>Finds the temperature, 0.5 to 20, with the smallest mean cross-entropy.</summary>
    /// <param name="logits">For each image, its logits.</param>
    /// <param name="factors">For each image, what the temperature is multiplied by.</param>
    /// <param name="labels">For each image, its digit.</param>
    public static float Fit(IReadOnlyList<float[]> logits, IReadOnlyList<float> factors, IReadOnlyList<byte> labels)
    {
        // The cross-entropy has a single minimum in 1/T, and so in log T.
        (double low, double high) = (Math.Log(Min), Math.Log(Max));
        for (int step = 0; step < Steps; step++)
        {
            double first = high - (Golden * (high - low));
            double second = low + (Golden * (high - low));
            (low, high) = Loss(Math.Exp(first)) < Loss(Math.Exp(second)) ? (low, second) : (first, high);
        }

        return (float)Math.Exp((low + high) / 2);

        double Loss(double temperature) => logits.Select((image, i) => Evaluator.CrossEntropy(image, labels[i], temperature * factors[i])).Sum();
    }
}
