using System.Buffers.Binary;

namespace RnnService.Model.Images;

/// <summary>The chunks of a WebP. Source: RFC 9649, 2.3 to 2.7.</summary>
internal static class WebpChunks
{
    private const int FileHeader = 12, ChunkHeader = 8, FrameHeader = 16;

    /// <summary>Whether the image, or the first frame of an animation, is lossless: it cannot be scaled while it is decoded.</summary>
    public static bool IsLossless(ReadOnlySpan<byte> webp)
    {
        for (long at = FileHeader; at + ChunkHeader <= webp.Length;)
        {
            ReadOnlySpan<byte> chunk = webp[(int)at..];
            if (chunk.StartsWith("VP8L"u8) || chunk.StartsWith("VP8 "u8))
            {
                return chunk[3] == 'L';
            }

            // Chunks have an even length; the frames of an animation have chunks of their own.
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            at += ChunkHeader + (chunk.StartsWith("ANMF"u8) ? FrameHeader : length + (length % 2L));
        }

        return false;
    }
}
