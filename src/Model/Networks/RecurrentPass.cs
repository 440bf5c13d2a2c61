using RnnService.Model.Kernels;

namespace RnnService.Model.Networks;

/// <summary>A forward pass of a stack, of which there may be one backward pass.</summary>
/// <param name="stack">The stack.</param>
/// <param name="batch">What it remembers.</param>
/// <param name="dropout">What was dropped.</param>
internal sealed class RecurrentPass(RecurrentStack stack, RecurrentBatch batch, DropoutMask dropout)
{
    private RecurrentBatch? batch = batch;

    public RecurrentStack Stack => stack;

    public DropoutMask Dropout => dropout;

    /// <summary>Takes what it remembers, which the backward pass writes over.</summary>
    /// <exception cref="InvalidOperationException">There has been a backward pass.</exception>
    public RecurrentBatch Take() => Interlocked.Exchange(ref batch, null)
        ?? throw new InvalidOperationException("A recurrent network's forward pass has one backward pass. Go forward again.");
}
