using RnnService.Model.Formats;

namespace RnnService.Model.Checkpoints;

/// <summary>
/// All that a training needs to go on after an epoch as if it had never been interrupted. The order of the images depends on the seed
/// and the epoch alone, and so does all else that is random, so nothing random needs to be kept.
/// </summary>
/// <param name="Epoch">The last epoch that is done, from 1.</param>
/// <param name="CumulativeLoss">The sum of all batches' mean losses so far.</param>
/// <param name="Steps">The optimiser's steps so far.</param>
/// <param name="Weights">The network's weights as they are measured, judged and kept.</param>
/// <param name="FirstMoments">Adam's running means of the gradients, one for each weight and in the same order.</param>
/// <param name="SecondMoments">Adam's running means of the squared gradients, likewise.</param>
/// <param name="UnaveragedWeights">The weights that the next step begins from, likewise; empty when they are <paramref name="Weights"/>, since nothing is averaged.</param>
/// <param name="Best">The best epoch so far, which may be the last; null when the training does not look for it.</param>
public sealed record Checkpoint(
    int Epoch,
    double CumulativeLoss,
    long Steps,
    IReadOnlyList<NamedTensor> Weights,
    IReadOnlyList<NamedTensor> FirstMoments,
    IReadOnlyList<NamedTensor> SecondMoments,
    IReadOnlyList<NamedTensor> UnaveragedWeights,
    BestEpoch? Best);
