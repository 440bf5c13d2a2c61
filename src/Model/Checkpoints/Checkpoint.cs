using RnnService.Model.SafeTensors;

namespace RnnService.Model.Checkpoints;

/// <summary>
/// Everything a training needs to continue after an epoch as if it had not been interrupted. Everything random, such as the order of the images, depends on
/// the seed and the epoch alone, so no random state is kept.
/// </summary>
/// <param name="Fingerprint">Identifies the training's settings; null in checkpoints of the formats before it.</param>
/// <param name="Epoch">The last completed epoch, from 1.</param>
/// <param name="CumulativeLoss">The sum of all batches' mean losses so far.</param>
/// <param name="Steps">Optimizer steps so far.</param>
/// <param name="Weights">The network's weights as they are evaluated and kept.</param>
/// <param name="FirstMoments">Adam's running means of the gradients, one for each weight and in the same order.</param>
/// <param name="SecondMoments">Adam's running means of the squared gradients, likewise.</param>
/// <param name="UnaveragedWeights">The weights that the next step starts from, likewise; empty without weight averaging, when they are <paramref name="Weights"/>.</param>
/// <param name="Best">The best epoch so far, which may be the last one; null without early stopping.</param>
public sealed record Checkpoint(
    string? Fingerprint,
    int Epoch,
    double CumulativeLoss,
    long Steps,
    IReadOnlyList<NamedTensor> Weights,
    IReadOnlyList<NamedTensor> FirstMoments,
    IReadOnlyList<NamedTensor> SecondMoments,
    IReadOnlyList<NamedTensor> UnaveragedWeights,
    BestEpoch? Best);
