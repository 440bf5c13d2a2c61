namespace RnnService.Api.Prediction;

/// <summary>Reads an uploaded image. Its first bytes decide whether it is a 28×28 PNG, which needs no permit.</summary>
internal static class ImageUpload
{
    // The signature, and the header with width and height.
    private const int StartLength = 24;

    // More than a 28×28 PNG of any color type with its metadata. A longer file needs a permit, so that files that only begin like one cannot fill the memory.
    private const int MaxLengthWithoutPermit = 64 * 1024;

    /// <param name="stream">The file.</param>
    /// <param name="expected">A length that the file does not exceed, such as that of the whole body, or null.</param>
    /// <param name="maxLength">The largest length of a file.</param>
    /// <param name="query">The options of the request.</param>
    /// <param name="permit">Taken before the rest of an image of another size is read.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <returns>The file, or only its start if that is enough to reject it; null if there is no permit.</returns>
    /// <exception cref="BadHttpRequestException">The file is too large.</exception>
    public static async ValueTask<PooledBuffer?> ReadAsync(Stream stream, long? expected, int maxLength, PredictionQuery query, FitPermit permit, CancellationToken cancellation)
    {
        PooledBuffer file = new(maxLength);
        try
        {
            bool isWhole = await file.ReadAsync(stream, StartLength, cancellation);
            bool isExact = query.IsExact(file.Span);
            if (isExact && !isWhole)
            {
                isWhole = await file.ReadAsync(stream, MaxLengthWithoutPermit, cancellation);
            }

            if (isWhole || query.IsRejected(file.Span))
            {
                return file;
            }

            if (permit.TryTake())
            {
                await file.ReadToEndAsync(stream, expected, cancellation);
                return file;
            }
        }
        catch
        {
            file.Dispose();
            throw;
        }

        file.Dispose();
        return null;
    }
}
