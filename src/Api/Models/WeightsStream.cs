using System.Threading.RateLimiting;
using RnnService.Api.Admission;

namespace RnnService.Api.Models;

/// <summary>
/// The weights of a model as a stream for a download. The first read takes a permit and verifies the weights: a response that needs only headers, such as 304, does
/// neither.
/// </summary>
/// <param name="weights">Reads the weights.</param>
/// <param name="model">The model.</param>
/// <param name="length">The size of the weights in bytes.</param>
/// <param name="downloads">The permits.</param>
internal sealed class WeightsStream(StoredWeights weights, ModelVersion model, long length, PermitPool downloads) : Stream
{
    private RateLimitLease? permit;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get; set; }

    /// <exception cref="NoPermitException">Too many files are being downloaded.</exception>
    /// <exception cref="ModelDamagedException">The weights have changed since the training.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (permit is null)
        {
            permit = downloads.TryTake() ?? throw downloads.Refusal();
            await weights.CheckAsync(model, cancellationToken);
        }

        int count = (int)Math.Min(buffer.Length, length - Position);
        if (count <= 0)
        {
            return 0;
        }

        int read = await weights.ReadAsync(model, Position, buffer[..count], cancellationToken);
        Position += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => length + offset,
    };

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read the weights asynchronously.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        permit?.Dispose();
        base.Dispose(disposing);
    }
}
