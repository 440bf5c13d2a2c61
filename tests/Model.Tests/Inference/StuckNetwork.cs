using RnnService.Model.Networks;
using static TorchSharp.torch;

namespace RnnService.Model.Tests.Inference;

/// <summary>A fault: a network that does not answer until it is let, and then with a digit or an exception.</summary>
internal sealed class StuckNetwork() : DigitNetwork(new NetworkSettings(NetworkType.Lstm, 1))
{
    private volatile bool disposed;

    public bool IsDisposed => disposed;

    public SemaphoreSlim Asked { get; } = new(0);

    public SemaphoreSlim Let { get; } = new(0);

    public List<long> BatchSizes { get; } = [];

    public Exception? Fault { get; init; }

    /// <summary>Whether somebody disposed of it while it was asked.</summary>
    public bool WasTakenAway { get; private set; }

    public override Tensor forward(Tensor input)
    {
        BatchSizes.Add(input.shape[0]);
        Asked.Release();
        Let.Wait();
        WasTakenAway |= disposed;
        return Fault is null ? zeros(input.shape[0], ClassCount) : throw Fault;
    }

    protected override void Dispose(bool disposing)
    {
        disposed = true;
        base.Dispose(disposing);
    }
}
