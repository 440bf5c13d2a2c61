using System.Buffers.Binary;

namespace RnnService.Model.Images;

/// <summary>The frame header of a JPEG. Source: ITU-T T.81, B.1.1 and B.2.2.</summary>
internal static class JpegFrame
{
    /// <summary>Whether the frame is progressive: all its coefficients are in memory until the last scan.</summary>
    public static bool IsProgressive(ReadOnlySpan<byte> jpeg)
    {
        for (int at = 2; at + 4 <= jpeg.Length && jpeg[at] == 0xff; at += 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]))
        {
            // SOF0 to SOF15 without DHT (C4), JPG (C8) and DAC (CC). SOF2, SOF6, SOF10 and SOF14 are progressive.
            byte marker = jpeg[at + 1];
            if (marker is >= 0xc0 and <= 0xcf and not (0xc4 or 0xc8 or 0xcc))
            {
                return marker % 4 == 2;
            }
        }

        return false;
    }
}
