using System.Buffers.Binary;

namespace RnnService.Model.Data;

/// <summary>
/// An IDX file of unsigned bytes: two zero bytes, the type 0x08, the number of dimensions, each dimension as a
/// big-endian 32-bit integer, then the data. Source: Y. LeCun, "The MNIST database of handwritten digits".
/// </summary>
/// <param name="Dimensions">The size of each dimension: [count] for labels, [count, rows, columns] for images.</param>
/// <param name="Data">The data after the header. Its length is the product of <paramref name="Dimensions"/>.</param>
public sealed record IdxFile(IReadOnlyList<int> Dimensions, ReadOnlyMemory<byte> Data)
{
    private const byte UnsignedByteType = 0x08;

    /// <summary>Parses a file.</summary>
    /// <param name="path">The file's path, for error messages.</param>
    /// <param name="content">The whole file.</param>
    /// <param name="rank">The required number of dimensions: 1 for labels, 3 for images.</param>
    /// <exception cref="InvalidDatasetException">The header is not that of an IDX file of this rank, or the length of the data does not match it.</exception>
    public static IdxFile Parse(string path, ReadOnlyMemory<byte> content, int rank)
    {
        ReadOnlySpan<byte> bytes = content.Span;
        int headerLength = 4 + (4 * rank);
        if (bytes.Length < headerLength)
        {
            throw new InvalidDatasetException(path, $"it has {bytes.Length} bytes, but an IDX header has {headerLength}.");
        }

        uint magic = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        uint expected = ((uint)UnsignedByteType << 8) | (uint)rank;
        if (magic != expected)
        {
            string hint = magic >> 16 == 0x1f8b ? " It is a gzip file: decompress it with gunzip." : "";
            throw new InvalidDatasetException(
                path, $"its magic number is 0x{magic:x8}, but an IDX file of unsigned bytes with {rank} dimension(s) has 0x{expected:x8}.{hint}");
        }

        int[] dimensions = new int[rank];
        long length = 1;
        for (int i = 0; i < rank; i++)
        {
            uint size = BinaryPrimitives.ReadUInt32BigEndian(bytes[(4 + (4 * i))..]);
            dimensions[i] = size <= int.MaxValue ? (int)size : throw new InvalidDatasetException(path, $"its dimension {i} is {size}, which is too large.");
            length = Math.Min(length * size, int.MaxValue);
        }

        int actual = bytes.Length - headerLength;
        if (actual != length)
        {
            string fault = actual < length ? "truncated" : "too long";
            throw new InvalidDatasetException(path, $"it is {fault}: its header specifies {string.Join('×', dimensions)} bytes of data, but it has {actual}.");
        }

        return new IdxFile(dimensions, content[headerLength..]);
    }
}
