using RnnService.Model.Kernels;

namespace RnnService.Model.Networks;

/// <summary>A way through a stack that may be gone back.</summary>
/// <param name="Stack">The stack.</param>
/// <param name="Batch">What it remembers.</param>
/// <param name="Dropout">What was dropped on the way.</param>
internal sealed record RecurrentPass(RecurrentStack Stack, RecurrentBatch Batch, DropoutMask Dropout);
