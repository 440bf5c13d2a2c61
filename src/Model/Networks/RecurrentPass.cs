using RnnService.Model.Kernels.Layers;

namespace RnnService.Model.Networks;

/// <summary>A forward pass during training, which one backward pass may follow.</summary>
/// <param name="stack">The layers.</param>
/// <param name="batch">What the forward pass keeps for the backward pass.</param>
/// <param name="dropout">What was dropped.</param>
internal sealed class RecurrentPass(RecurrentStack stack, RecurrentBatch batch, DropoutMask dropout)
{
    private RecurrentBatch? batch = batch;

    public RecurrentStack Stack => stack;

    public DropoutMask Dropout => dropout;

    /// <summary>Takes the batch, which the backward pass overwrites.</summary>
    /// <exception cref="InvalidOperationException">The backward pass has run.</exception>
    public RecurrentBatch TakeBatch() => Interlocked.Exchange(ref batch, null)
        ?? throw new InvalidOperationException("A recurrent network supports one backward pass for each forward pass. Run the forward pass again.");
}
