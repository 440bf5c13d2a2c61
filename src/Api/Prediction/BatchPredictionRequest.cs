using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using RnnService.Api.Http;

namespace RnnService.Api.Prediction;

/// <summary>
/// Reads the images of a request, the files <c>image</c> of a form, and decodes each when it arrives, one at a time. A request needs the memory of one file, and 784 bytes
/// for each image.
/// </summary>
internal sealed class BatchPredictionRequest(DigitReader digits, IOptions<PredictionOptions> options)
{
    public const int MaxImages = 256;

    private static readonly string Advice = $"Send multipart/form-data with up to {MaxImages} files '{PredictionRequest.FileField}'.";

    /// <returns>A digit or an error for each file, in their order; null if there is no permit.</returns>
    /// <exception cref="InvalidRequestException">There are no files or too many, or a file has an unknown name.</exception>
    /// <exception cref="BadHttpRequestException">The body is not a form, the form is malformed, or a file is too large.</exception>
    public async Task<IReadOnlyList<(ReadDigit? Digit, UnreadableImageException? Error)>?> ReadAsync(HttpRequest request, PredictionQuery query, FitPermit permit, CancellationToken cancellation)
    {
        if (!ImageForm.Is(request.MediaType()))
        {
            throw new BadHttpRequestException($"The body is not a form. {Advice}", StatusCodes.Status415UnsupportedMediaType);
        }

        if (query.Fit == Fitting.Always && !permit.TryTake())
        {
            return null;
        }

        ImageForm form = new(request, options.Value.MaxRequestBytes, Advice);
        List<(ReadDigit?, UnreadableImageException?)> images = [];
        while (await form.ReadNextAsync(cancellation) is FileMultipartSection file)
        {
            if (file.Name != PredictionRequest.FileField)
            {
                throw new InvalidRequestException(ValidationErrors.Shortened(file.Name)!, $"is not a known file name. Name all files '{PredictionRequest.FileField}'.");
            }

            if (images.Count == MaxImages)
            {
                throw new InvalidRequestException(PredictionRequest.FileField, $"must be present at most {MaxImages} times. Send the other images in another request.");
            }

            using PooledBuffer? image = await form.ReadAsync(file, query, permit, cancellation);
            if (image is null)
            {
                return null;
            }

            images.Add(await DecodeAsync(image, query, cancellation));
        }

        return images.Count > 0 ? images : throw new InvalidRequestException(PredictionRequest.FileField, $"is missing. Send 1 to {MaxImages} images as files with this name.");
    }

    private async ValueTask<(ReadDigit? Digit, UnreadableImageException? Error)> DecodeAsync(PooledBuffer image, PredictionQuery query, CancellationToken cancellation)
    {
        try
        {
            return (await digits.ReadAsync(image, query, cancellation), null);
        }
        catch (UnreadableImageException error)
        {
            return (null, error);
        }
    }
}
