using System.Runtime.InteropServices;

namespace RnnService.Model.Images;

/// <summary>Scales an image down by an integer factor: each target pixel is the mean of a block, in which transparent pixels count less.</summary>
/// <param name="width">Width of the image in pixels.</param>
/// <param name="factor">Side of a block in pixels, 1 to 256. Blocks at the right and lower edge may be smaller.</param>
internal sealed class BlockMean(int width, int factor)
{
    private readonly int targetWidth = (width + factor - 1) / factor;

    private readonly long[] sums = new long[(width + factor - 1) / factor * ColorImage.Channels];

    private int rows;

    /// <summary>Adds rows of pixels.</summary>
    /// <param name="rgba">[rows, width, 4] bytes.</param>
    /// <param name="target">Receives [rows / factor, width / factor, 4] bytes.</param>
    /// <param name="isLast">Whether the image ends here, so that the last block may be smaller.</param>
    /// <returns>The number of rows that were written.</returns>
    public int Add(ReadOnlySpan<byte> rgba, Span<byte> target, bool isLast)
    {
        ReadOnlySpan<uint> pixels = MemoryMarshal.Cast<byte, uint>(rgba);
        int written = 0;
        for (int start = 0; start < pixels.Length; start += width)
        {
            AddRow(pixels.Slice(start, width));
            rows++;
            if (rows == factor || (isLast && start + width == pixels.Length))
            {
                Flush(target.Slice(written * targetWidth * ColorImage.Channels, targetWidth * ColorImage.Channels));
                written++;
            }
        }

        return written;
    }

    private void AddRow(ReadOnlySpan<uint> row)
    {
        for (int x = 0, target = 0; x < row.Length; x += factor, target += ColorImage.Channels)
        {
            // Two channels in one number: at most 256 pixels of 255 do not overflow 16 bits.
            uint redBlue = 0, greenAlpha = 0, all = uint.MaxValue;
            ReadOnlySpan<uint> block = row.Slice(x, Math.Min(factor, row.Length - x));
            foreach (uint pixel in block)
            {
                redBlue += pixel & 0x00ff00ff;
                greenAlpha += (pixel >> 8) & 0x00ff00ff;
                all &= pixel;
            }

            Span<long> sum = sums.AsSpan(target, ColorImage.Channels);
            if (all >> 24 == byte.MaxValue)
            {
                sum[0] += (redBlue & 0xffff) * byte.MaxValue;
                sum[1] += (greenAlpha & 0xffff) * byte.MaxValue;
                sum[2] += (redBlue >> 16) * byte.MaxValue;
                sum[3] += greenAlpha >> 16;
                continue;
            }

            foreach (uint pixel in block)
            {
                long alpha = pixel >> 24;
                sum[0] += (pixel & 0xff) * alpha;
                sum[1] += ((pixel >> 8) & 0xff) * alpha;
                sum[2] += ((pixel >> 16) & 0xff) * alpha;
                sum[3] += alpha;
            }
        }
    }

    private void Flush(Span<byte> target)
    {
        for (int i = 0; i < sums.Length; i += ColorImage.Channels)
        {
            int count = rows * Math.Min(factor, width - (i / ColorImage.Channels * factor));
            long alpha = sums[i + 3];
            for (int channel = 0; channel < 3; channel++)
            {
                target[i + channel] = (byte)(alpha == 0 ? 0 : (sums[i + channel] + (alpha / 2)) / alpha);
            }

            target[i + 3] = (byte)((alpha + (count / 2)) / count);
        }

        Array.Clear(sums);
        rows = 0;
    }
}
