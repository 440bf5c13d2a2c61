using RnnService.Model.Images;
using RnnService.Model.Inference;

namespace RnnService.Api.Prediction;

/// <summary>Decodes the image of a request: a 28×28 PNG at once, and other images on the low-priority threads of the fitter.</summary>
internal sealed class DigitReader(DigitFitter fitter)
{
    /// <param name="file">The file. It must stay valid until the task is complete.</param>
    /// <param name="query">The options of the request.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <exception cref="UnreadableImageException">The image cannot be decoded, or has no digit.</exception>
    public async ValueTask<ReadDigit> ReadAsync(PooledBuffer file, PredictionQuery query, CancellationToken cancellation)
    {
        bool fit = query.IsFitted(file.Span);
        try
        {
            if (!fit)
            {
                return new ReadDigit(DigitImageDecoder.Decode(file.Span, query.Inversion));
            }

            FittedDigit fitted = await fitter.FitAsync(file.Memory, query.Inversion, cancellation);
            return new ReadDigit(fitted.Image, IsFitted: true, IsSeveral: fitted.Count > 1);
        }
        catch (InvalidImageException e)
        {
            throw UnreadableImageException.From(e, fit);
        }
    }

    /// <summary>Finds the digits in an image. A 28×28 PNG whose pixels are used unchanged is one digit.</summary>
    /// <param name="file">The file. It must stay valid until the task is complete.</param>
    /// <param name="query">The options of the request.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <returns>At least one digit, in reading order.</returns>
    /// <exception cref="UnreadableImageException">The image cannot be decoded, or has no digit or too many.</exception>
    public async ValueTask<IReadOnlyList<FoundDigit>> FindEachAsync(PooledBuffer file, PredictionQuery query, CancellationToken cancellation)
    {
        if (!query.IsFitted(file.Span))
        {
            return [new FoundDigit((await ReadAsync(file, query, cancellation)).Image, new ImageBox(0, 0, DigitImage.Side, DigitImage.Side))];
        }

        try
        {
            return await fitter.FindEachAsync(file.Memory, query.Inversion, cancellation);
        }
        catch (InvalidImageException e)
        {
            throw UnreadableImageException.From(e, fit: true);
        }
    }
}
