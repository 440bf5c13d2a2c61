using RnnService.Model.SafeTensors;

namespace RnnService.Model.Checkpoints;

/// <summary>
/// The state needed to resume training after an epoch with the same result as without interruption. All random choices, such as the order of the images, depend
/// only on the seed and the epoch, so no random state is stored.
/// </summary>
/// <param name="Fingerprint">Identifies the training settings; null in checkpoints of earlier formats.</param>
/// <param name="Epoch">The last completed epoch, from 1.</param>
/// <param name="CumulativeLoss">The sum of all batches' mean losses so far.</param>
/// <param name="Steps">Number of optimizer steps so far.</param>
/// <param name="Weights">The weights that are evaluated and saved.</param>
/// <param name="FirstMoments">Adam's running means of the gradients, with the names, shapes and order of the weights.</param>
/// <param name="SecondMoments">Adam's running means of the squared gradients, with the names, shapes and order of the weights.</param>
/// <param name="UnaveragedWeights">The weights from which the next step starts; empty without weight averaging, because they equal <paramref name="Weights"/>.</param>
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
