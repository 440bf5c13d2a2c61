using System.Buffers.Binary;

namespace RnnService.Model.Data;

/// <summary>
/// An IDX file of unsigned bytes: two zero bytes, the type 0x08, the number of dimensions, each dimension as a
/// big-endian 32-bit integer, then the bytes. Source: Y. LeCun, "The MNIST database of handwritten digits".
/// </summary>
/// <param name="Dimensions">The sizes, slowest first: [count] for labels, [count, rows, columns] for images.</param>
/// <param name="Data">The bytes after the header, as many as the product of <paramref name="Dimensions"/>.</param>
public sealed record IdxFile(IReadOnlyList<int> Dimensions, ReadOnlyMemory<byte> Data)
{
    private const byte UnsignedByteType = 0x08;

    /// <summary>Reads a file's bytes.</summary>
    /// <param name="path">The file's name, for errors only.</param>
    /// <param name="content">The whole file.</param>
    /// <param name="rank">How many dimensions the file must have: 1 for labels, 3 for images.</param>
    /// <exception cref="InvalidDatasetException">The header is not IDX of that rank, or the length is not what the header says.</exception>
    public static IdxFile Parse(string path, ReadOnlyMemory<byte> content, int rank)
    {
        ReadOnlySpan<byte> bytes = content.Span;
        int headerLength = 4 + (4 * rank);
        if (bytes.Length < headerLength)
        {
            throw new InvalidDatasetException(path, $"it has {bytes.Length} bytes, fewer than the {headerLength} of an IDX header.");
        }

        uint magic = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        uint expected = ((uint)UnsignedByteType << 8) | (uint)rank;
        if (magic != expected)
        {
            string hint = magic >> 16 == 0x1f8b ? " It is a gzip file: unpack it with gunzip." : "";
            throw new InvalidDatasetException(path, $"its magic number is 0x{magic:x8}, but unsigned bytes in {rank} dimension(s) have 0x{expected:x8}.{hint}");
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
            string fault = actual < length ? "cut short" : "too long";
            throw new InvalidDatasetException(path, $"it is {fault}: its header promises {string.Join('×', dimensions)} bytes of data, but {actual} follow.");
        }

        return new IdxFile(dimensions, content[headerLength..]);
    }
}
