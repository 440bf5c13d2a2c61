using RnnService.Model.Kernels.Layers;

namespace RnnService.Model.Networks;

/// <summary>A forward pass during training, for at most one backward pass.</summary>
/// <param name="stack">The layers.</param>
/// <param name="batches">For each module, the state that the forward pass keeps for the backward pass.</param>
/// <param name="dropout">For each module, the dropout mask of the forward pass.</param>
internal sealed class RecurrentPass(RecurrentStack stack, RecurrentBatch[] batches, IReadOnlyList<DropoutMask> dropout)
{
    private RecurrentBatch[]? batches = batches;

    public RecurrentStack Stack => stack;

    public IReadOnlyList<DropoutMask> Dropout => dropout;

    /// <summary>Returns the batches, which the backward pass overwrites.</summary>
    /// <exception cref="InvalidOperationException">The backward pass has already run.</exception>
    public RecurrentBatch[] TakeBatches() => Interlocked.Exchange(ref batches, null)
        ?? throw new InvalidOperationException("A recurrent network supports one backward pass for each forward pass. Run the forward pass again.");
}
