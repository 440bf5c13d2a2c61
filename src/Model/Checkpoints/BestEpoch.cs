using RnnService.Model.Formats;

namespace RnnService.Model.Checkpoints;

/// <summary>The best epoch of a training so far, by validation accuracy.</summary>
/// <param name="Epoch">The epoch, from 1; the first of equals.</param>
/// <param name="ValidationAccuracy">Share of the validation images that were told right after it, 0 to 1.</param>
/// <param name="Weights">The weights that were measured then.</param>
public sealed record BestEpoch(int Epoch, double ValidationAccuracy, IReadOnlyList<NamedTensor> Weights);
