using System.Buffers;

namespace RnnService.Model.Images;

/// <summary>
/// Memory for the steps of one image, from a pool. Large arrays of their own would cause full garbage collections, several a second under load. Not thread-safe.
/// </summary>
internal sealed class PooledPlanes : IDisposable
{
    private readonly List<byte[]> rented = [];

    /// <summary>Rents bytes until all are returned. Their content is undefined.</summary>
    public Span<byte> Rent(int length)
    {
        byte[] plane = ArrayPool<byte>.Shared.Rent(length);
        rented.Add(plane);
        return plane.AsSpan(0, length);
    }

    /// <summary>Returns everything to the pool.</summary>
    public void Dispose()
    {
        rented.ForEach(plane => ArrayPool<byte>.Shared.Return(plane));
        rented.Clear();
    }
}
