using RnnService.Model.Images;
using RnnService.Model.Inference;

namespace RnnService.Model.Tests.Inference;

/// <summary>A fault: a network that does not answer until it may, and then with a digit or an exception.</summary>
internal sealed class StuckNetwork : IInferenceNetwork
{
    private volatile bool disposed;

    public bool IsDisposed => disposed;

    public SemaphoreSlim Asked { get; } = new(0);

    public SemaphoreSlim Let { get; } = new(0);

    public List<int> BatchSizes { get; } = [];

    public Exception? Fault { get; init; }

    /// <summary>Whether it was disposed of during a forward pass.</summary>
    public bool WasTakenAway { get; private set; }

    public IReadOnlyList<float[]> Classify(IReadOnlyList<IDigit> images)
    {
        BatchSizes.Add(images.Count);
        Asked.Release();
        Let.Wait();
        WasTakenAway |= disposed;
        return Fault is null ? [.. images.Select(_ => new float[10])] : throw Fault;
    }

    public IReadOnlyList<float[]> Trace(IDigit image) => [.. Enumerable.Range(0, 28).SelectMany(_ => Classify([image]))];

    public void Dispose() => disposed = true;
}
