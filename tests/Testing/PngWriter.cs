using System.Buffers.Binary;
using System.IO.Compression;

namespace RnnService.Testing;

/// <summary>
/// Writes PNGs of every color type, bit depth, and interlace method, which image libraries do not support: W3C Portable Network Graphics,
/// second edition. Samples are written unchanged.
/// </summary>
public sealed record PngWriter(int Width, int Height, PngColorType ColorType, int BitDepth)
{
    private static readonly (int X, int Y, int StepX, int StepY)[] Adam7 =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(CrcEntry)];

    public bool Interlaced { get; init; }

    /// <summary>Chunks between the header and the pixel data, such as PLTE or gAMA.</summary>
    public IReadOnlyList<(string Type, byte[] Data)> Extra { get; init; } = [];

    private int Channels => ColorType switch
    {
        PngColorType.Gray or PngColorType.Palette => 1,
        PngColorType.GrayAlpha => 2,
        PngColorType.Rgb => 3,
        _ => 4,
    };

    /// <summary>Writes an 8-bit grayscale PNG.</summary>
    public static byte[] Gray(ReadOnlySpan<byte> pixels, int width = 28, int height = 28)
    {
        byte[] copy = pixels.ToArray();
        return new PngWriter(width, height, PngColorType.Gray, 8).Write((x, y, _) => copy[(y * width) + x]);
    }

    /// <param name="sample">Returns the sample for a column, row, and channel.</param>
    public byte[] Write(Func<int, int, int, int> sample)
    {
        using MemoryStream png = new();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a]);
        WriteChunk(png, "IHDR", Header());
        foreach ((string type, byte[] data) in Extra)
        {
            WriteChunk(png, type, data);
        }

        WriteChunk(png, "IDAT", Compressed(sample));
        WriteChunk(png, "IEND", []);
        return png.ToArray();
    }

    private byte[] Header()
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Height);
        header[8] = (byte)BitDepth;
        header[9] = (byte)ColorType;
        header[12] = Interlaced ? (byte)1 : (byte)0;
        return header;
    }

    private byte[] Compressed(Func<int, int, int, int> sample)
    {
        using MemoryStream compressed = new();
        using (ZLibStream zlib = new(compressed, CompressionLevel.Fastest))
        {
            foreach ((int x0, int y0, int stepX, int stepY) in Interlaced ? Adam7 : [(0, 0, 1, 1)])
            {
                for (int y = y0; y < Height && x0 < Width; y += stepY)
                {
                    zlib.Write(Row(y, x0, stepX, sample));
                }
            }
        }

        return compressed.ToArray();
    }

    /// <summary>A row of one pass: filter type 0 (none), then the samples, packed from the most significant bit.</summary>
    private byte[] Row(int y, int x0, int stepX, Func<int, int, int, int> sample)
    {
        int columns = (Width - x0 + stepX - 1) / stepX;
        byte[] row = new byte[1 + (((columns * Channels * BitDepth) + 7) / 8)];
        int bit = 8;
        for (int x = x0; x < Width; x += stepX)
        {
            for (int channel = 0; channel < Channels; channel++)
            {
                int value = sample(x, y, channel);
                for (int i = BitDepth - 1; i >= 0; i--, bit++)
                {
                    row[bit / 8] |= (byte)(((value >> i) & 1) << (7 - (bit % 8)));
                }
            }
        }

        return row;
    }

    private static void WriteChunk(Stream png, string type, byte[] data)
    {
        byte[] named = [.. type.Select(letter => (byte)letter), .. data];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(named);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~named.Aggregate(uint.MaxValue, (crc, value) => CrcTable[(byte)(crc ^ value)] ^ (crc >> 8)));
        png.Write(number);
    }

    private static uint CrcEntry(int value)
    {
        uint crc = (uint)value;
        for (int bit = 0; bit < 8; bit++)
        {
            crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xedb88320;
        }

        return crc;
    }
}
