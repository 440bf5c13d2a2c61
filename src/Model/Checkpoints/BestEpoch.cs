using RnnService.Model.SafeTensors;

namespace RnnService.Model.Checkpoints;

/// <summary>The best epoch of a training run so far, by validation accuracy.</summary>
/// <param name="Epoch">The epoch, from 1; the earliest in a tie.</param>
/// <param name="ValidationAccuracy">Fraction of the validation images classified correctly after it, 0 to 1.</param>
/// <param name="Weights">The evaluated weights.</param>
public sealed record BestEpoch(int Epoch, double ValidationAccuracy, IReadOnlyList<NamedTensor> Weights);
