using RnnService.Model.Checkpoints;
using RnnService.Model.SafeTensors;

namespace RnnService.Model.Training;

/// <summary>Remembers the best epoch, and says when to wait no longer for a better one.</summary>
/// <param name="patience">How many epochs in a row may fail to better the best validation accuracy.</param>
/// <param name="best">The best epoch of those that are done already.</param>
internal sealed class EarlyStopping(int patience, BestEpoch? best)
{
    /// <summary>The best epoch so far, the first of equals; null before the first.</summary>
    public BestEpoch? Best { get; private set; } = best;

    /// <summary>Takes the next epoch into account.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="accuracy">Its validation accuracy.</param>
    /// <param name="weights">Copies of the weights that reached it.</param>
    public void Observe(int epoch, double accuracy, Func<IReadOnlyList<NamedTensor>> weights)
    {
        if (Best is null || accuracy > Best.ValidationAccuracy)
        {
            Best = new BestEpoch(epoch, accuracy, weights());
        }
    }

    /// <summary>Whether to stop after an epoch.</summary>
    /// <param name="epoch">The last epoch that is done, from 1; 0 when none is.</param>
    public bool IsDue(int epoch) => Best is not null && epoch - Best.Epoch >= patience;
}
