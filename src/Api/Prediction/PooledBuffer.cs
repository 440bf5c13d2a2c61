using System.Buffers;

namespace RnnService.Api.Prediction;

/// <summary>The content of a stream in a pooled buffer. The owner disposes of it exactly once.</summary>
internal sealed class PooledBuffer : IDisposable
{
    // Larger than almost every 28×28 PNG.
    private const int InitialSize = 2048;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(InitialSize);
    private int length;

    private PooledBuffer()
    {
    }

    public ReadOnlyMemory<byte> Memory => buffer.AsMemory(0, length);

    public ReadOnlySpan<byte> Span => buffer.AsSpan(0, length);

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="maxLength">The largest length in bytes.</param>
    /// <param name="cancellation">Cancels the read.</param>
    /// <exception cref="BadHttpRequestException">The stream is longer.</exception>
    public static async Task<PooledBuffer> ReadAsync(Stream stream, int maxLength, CancellationToken cancellation)
    {
        PooledBuffer content = new();
        try
        {
            while (await stream.ReadAsync(content.buffer.AsMemory(content.length), cancellation) is int read and > 0)
            {
                content.length += read;
                if (content.length > maxLength)
                {
                    throw new BadHttpRequestException($"An image is larger than {maxLength} bytes.", StatusCodes.Status413PayloadTooLarge);
                }

                content.GrowIfFull();
            }

            return content;
        }
        catch
        {
            content.Dispose();
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
