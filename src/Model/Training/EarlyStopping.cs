using RnnService.Model.Checkpoints;
using RnnService.Model.SafeTensors;

namespace RnnService.Model.Training;

/// <summary>Keeps the weights of the best epoch and stops training that no longer improves.</summary>
/// <param name="patience">Number of consecutive epochs without an improvement of the validation accuracy after which to stop.</param>
/// <param name="best">The best epoch so far when training resumes; otherwise null.</param>
internal sealed class EarlyStopping(int patience, BestEpoch? best)
{
    /// <summary>The best epoch so far, the earliest in a tie; null before the first epoch is complete.</summary>
    public BestEpoch? Best { get; private set; } = best;

    /// <summary>Records a completed epoch.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="accuracy">Its validation accuracy, from 0 to 1.</param>
    /// <param name="weights">Returns a copy of the evaluated weights. Called only if the epoch is the best so far.</param>
    public void Observe(int epoch, double accuracy, Func<IReadOnlyList<NamedTensor>> weights)
    {
        if (Best is null || accuracy > Best.ValidationAccuracy)
        {
            Best = new BestEpoch(epoch, accuracy, weights());
        }
    }

    /// <summary>Whether to stop training after an epoch.</summary>
    /// <param name="epoch">The last completed epoch, from 1; 0 before the first is complete.</param>
    public bool IsDue(int epoch) => Best is not null && epoch - Best.Epoch >= patience;
}
