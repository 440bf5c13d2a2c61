using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace RnnService.Api.Storage.Copying;

/// <summary>The SHA-256 of rows. Each value is preceded by its length, so that different rows never have the same bytes.</summary>
internal sealed class RowHash : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public void Append(object?[] row)
    {
        foreach (object? value in row)
        {
            byte[]? bytes = BytesOf(value);
            AppendNumber(bytes?.Length ?? -1);
            hash.AppendData(bytes ?? []);
        }
    }

    /// <summary>Returns the hash in lowercase hexadecimal digits.</summary>
    public string Complete() => Convert.ToHexStringLower(hash.GetHashAndReset());

    public void Dispose() => hash.Dispose();

    private void AppendNumber(long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        hash.AppendData(bytes);
    }

    private static byte[]? BytesOf(object? value) => value switch
    {
        null => null,
        byte[] bytes => bytes,
        string text => Encoding.UTF8.GetBytes(text),
        Guid id => id.ToByteArray(),
        DateTime time => BitConverter.GetBytes(time.Ticks),
        double number => BitConverter.GetBytes(number),
        bool flag => [flag ? (byte)1 : (byte)0],
        _ => BitConverter.GetBytes(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)),
    };
}
