using RnnService.Model.Images;
using RnnService.Model.Inference;

namespace RnnService.Api.Prediction;

/// <summary>Decodes the image of a request: a 28×28 PNG at once, and an image of any size on the low-priority threads of the fitter.</summary>
internal sealed class DigitReader(DigitFitter fitter)
{
    /// <param name="png">The file. It must stay valid until the task is complete.</param>
    /// <param name="query">The options of the request.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <exception cref="UnreadableImageException">The image cannot be decoded.</exception>
    public ValueTask<DigitImage> ReadAsync(PooledBuffer png, PredictionQuery query, CancellationToken cancellation) =>
        query.Fit ? FitAsync(png, query, cancellation) : ValueTask.FromResult(query.Decode(png.Span));

    private async ValueTask<DigitImage> FitAsync(PooledBuffer png, PredictionQuery query, CancellationToken cancellation)
    {
        try
        {
            return await fitter.FitAsync(png.Memory, query.Inversion, cancellation);
        }
        catch (InvalidImageException e)
        {
            throw UnreadableImageException.From(e, fit: true);
        }
    }
}
