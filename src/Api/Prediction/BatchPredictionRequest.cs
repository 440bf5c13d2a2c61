using Microsoft.AspNetCore.WebUtilities;
using RnnService.Api.Http;
using RnnService.Model.Images;

namespace RnnService.Api.Prediction;

/// <summary>Reads the PNGs of a request, the files <c>image</c> of a form, and decodes each when it arrives.</summary>
internal static class BatchPredictionRequest
{
    public const int MaxImages = 256;

    private static readonly string Advice = $"Send multipart/form-data with up to {MaxImages} files '{PredictionRequest.FileField}'.";

    /// <returns>An image or an error for each file, in their order.</returns>
    /// <exception cref="InvalidRequestException">There are no files or too many, or a file has an unknown name.</exception>
    /// <exception cref="BadHttpRequestException">The body is not a form, or the form is malformed.</exception>
    public static async Task<IReadOnlyList<(DigitImage? Image, UnreadableImageException? Error)>> ReadAsync(HttpRequest request, PredictionQuery query, CancellationToken cancellation)
    {
        if (!ImageForm.Is(request.MediaType()))
        {
            throw new BadHttpRequestException($"The body is not a form. {Advice}", StatusCodes.Status415UnsupportedMediaType);
        }

        ImageForm form = new(request, Advice);
        List<(DigitImage?, UnreadableImageException?)> images = [];
        while (await form.ReadNextAsync(cancellation) is FileMultipartSection file)
        {
            if (file.Name != PredictionRequest.FileField)
            {
                throw new InvalidRequestException(ValidationErrors.Shortened(file.Name)!, $"is not a known file name. Name all files '{PredictionRequest.FileField}'.");
            }

            using PooledBuffer png = await form.ReadAsync(file, cancellation);
            images.Add(Decode(png, query));
            if (images.Count > MaxImages)
            {
                throw new InvalidRequestException(PredictionRequest.FileField, $"must be present at most {MaxImages} times. Send the other images in another request.");
            }
        }

        return images.Count > 0 ? images : throw new InvalidRequestException(PredictionRequest.FileField, $"is missing. Send 1 to {MaxImages} PNGs as files with this name.");
    }

    private static (DigitImage? Image, UnreadableImageException? Error) Decode(PooledBuffer png, PredictionQuery query)
    {
        try
        {
            return (query.Decode(png.Span), null);
        }
        catch (UnreadableImageException error)
        {
            return (null, error);
        }
    }
}
