namespace RnnService.Model.Training;

/// <summary>The loss or its gradient is not finite, so training cannot continue.</summary>
/// <param name="epoch">The epoch, from 1.</param>
/// <param name="batch">The batch in the epoch, from 1.</param>
public sealed class TrainingDivergedException(int epoch, int batch)
    : Exception($"The loss is not finite after epoch {epoch}, batch {batch}: training diverged. Train again with a lower learning rate.")
{
    internal static void ThrowUnlessFinite(double value, int epoch, int batch)
    {
        if (!double.IsFinite(value))
        {
            throw new TrainingDivergedException(epoch, batch);
        }
    }
}
