using System.Buffers;

namespace RnnService.Api.Prediction;

/// <summary>A stream's bytes in a buffer of the pool. Who has it disposes of it, once.</summary>
internal sealed class PooledBuffer : IDisposable
{
    // Nearly every digit is smaller.
    private const int FirstSize = 2048;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstSize);
    private int length;

    private PooledBuffer()
    {
    }

    public ReadOnlySpan<byte> Span => buffer.AsSpan(0, length);

    /// <summary>Reads a stream to its end. Whoever gave the stream limits its length.</summary>
    public static async Task<PooledBuffer> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        PooledBuffer bytes = new();
        try
        {
            while (await stream.ReadAsync(bytes.buffer.AsMemory(bytes.length), cancellation) is int read and > 0)
            {
                bytes.length += read;
                bytes.GrowIfFull();
            }

            return bytes;
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);

    private void GrowIfFull()
    {
        if (length == buffer.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(2 * length);
            Span.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }
    }
}
