using RnnService.Model.Images;
using RnnService.Model.Inference;

namespace RnnService.Model.Tests.Inference;

/// <summary>A fake network that blocks until <see cref="Gate"/> is released, and then returns zeros or throws.</summary>
internal sealed class StuckNetwork : IInferenceNetwork
{
    private volatile bool disposed;

    public bool IsDisposed => disposed;

    public SemaphoreSlim Started { get; } = new(0);

    public SemaphoreSlim Gate { get; } = new(0);

    public List<int> BatchSizes { get; } = [];

    public Exception? Fault { get; init; }

    /// <summary>Whether the network was disposed during a forward pass.</summary>
    public bool WasDisposedInUse { get; private set; }

    public IReadOnlyList<Classification> Classify(IReadOnlyList<IDigit> images)
    {
        BatchSizes.Add(images.Count);
        Started.Release();
        Gate.Wait();
        WasDisposedInUse |= disposed;
        return Fault is null ? [.. images.Select(_ => new Classification(new float[10], IsDigit: null))] : throw Fault;
    }

    public IReadOnlyList<Classification> Trace(IDigit image) => [.. Enumerable.Range(0, 28).SelectMany(_ => Classify([image]))];

    public void Dispose() => disposed = true;
}
