using System.Buffers.Binary;

namespace RnnService.Model.Images;

/// <summary>The headers of a JPEG. Source: ITU-T T.81, B.1.1, B.2.2 and B.2.3.</summary>
internal static class JpegFrame
{
    private const byte Fill = 0xff, StartOfScan = 0xda;

    // In the segments of frames and scans, from the marker.
    private const int FrameComponents = 9, ScanComponents = 4;

    /// <summary>Whether the image has several scans, as a progressive one does: all its coefficients are in memory until the last scan.</summary>
    public static bool HasSeveralScans(ReadOnlySpan<byte> jpeg)
    {
        int components = 0;
        for (int at = 2; at + FrameComponents < jpeg.Length && jpeg[at] == Fill;)
        {
            byte marker = jpeg[at + 1];
            if (marker == Fill)
            {
                // Markers may be preceded by any number of fill bytes.
                at++;
                continue;
            }

            if (marker == StartOfScan)
            {
                return jpeg[at + ScanComponents] < components;
            }

            // SOF0 to SOF15 without DHT (C4), JPG (C8) and DAC (CC). SOF2, SOF6, SOF10 and SOF14 are progressive.
            if (marker is >= 0xc0 and <= 0xcf and not (0xc4 or 0xc8 or 0xcc))
            {
                if (marker % 4 == 2)
                {
                    return true;
                }

                components = jpeg[at + FrameComponents];
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]);
        }

        return false;
    }
}
