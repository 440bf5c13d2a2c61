using System.Buffers;

namespace RnnService.Api.Prediction;

/// <summary>The first part of a stream, or all of it, in a pooled buffer. The owner disposes of it exactly once.</summary>
/// <param name="maxLength">The largest length in bytes.</param>
internal sealed class PooledBuffer(int maxLength) : IDisposable
{
    // Larger than almost every 28×28 PNG.
    private const int InitialSize = 2048;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(InitialSize);
    private int length;

    public ReadOnlyMemory<byte> Memory => buffer.AsMemory(0, length);

    public ReadOnlySpan<byte> Span => buffer.AsSpan(0, length);

    /// <summary>Reads on until the buffer has a number of bytes, or the stream ends.</summary>
    /// <returns>Whether the stream has ended.</returns>
    /// <exception cref="BadHttpRequestException">The stream is longer than the largest length.</exception>
    public async ValueTask<bool> ReadAsync(Stream stream, int count, CancellationToken cancellation)
    {
        while (length < count)
        {
            if (length == buffer.Length)
            {
                Grow(2 * length);
            }

            int read = await stream.ReadAsync(buffer.AsMemory(length), cancellation);
            if (read == 0)
            {
                return true;
            }

            length += read;
            if (length > maxLength)
            {
                throw new BadHttpRequestException($"The image is larger than {maxLength} bytes.", StatusCodes.Status413PayloadTooLarge);
            }
        }

        return false;
    }

    /// <summary>Reads on until the stream ends.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="expected">The total length in bytes, if it is known. A buffer that has this size from the beginning leaves no smaller ones behind.</param>
    /// <param name="cancellation">Cancels the read.</param>
    /// <exception cref="BadHttpRequestException">The stream is longer than the largest length.</exception>
    public async ValueTask ReadToEndAsync(Stream stream, long? expected, CancellationToken cancellation)
    {
        if (expected is long size && Math.Min(size, maxLength) >= buffer.Length)
        {
            Grow((int)Math.Min(size, maxLength) + 1);
        }

        await ReadAsync(stream, int.MaxValue, cancellation);
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);

    private void Grow(int size)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(size);
        Span.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
