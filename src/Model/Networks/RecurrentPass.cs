using RnnService.Model.Kernels.Layers;

namespace RnnService.Model.Networks;

/// <summary>A forward pass during training, for at most one backward pass.</summary>
/// <param name="stack">The layers.</param>
/// <param name="batch">The state that the forward pass keeps for the backward pass.</param>
/// <param name="dropout">The dropout mask of the forward pass.</param>
internal sealed class RecurrentPass(RecurrentStack stack, RecurrentBatch batch, DropoutMask dropout)
{
    private RecurrentBatch? batch = batch;

    public RecurrentStack Stack => stack;

    public DropoutMask Dropout => dropout;

    /// <summary>Returns the batch, which the backward pass overwrites.</summary>
    /// <exception cref="InvalidOperationException">The backward pass has already run.</exception>
    public RecurrentBatch TakeBatch() => Interlocked.Exchange(ref batch, null)
        ?? throw new InvalidOperationException("A recurrent network supports one backward pass for each forward pass. Run the forward pass again.");
}
