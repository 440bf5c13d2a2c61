using Microsoft.AspNetCore.WebUtilities;
using RnnService.Api.Hosting;
using RnnService.Model.Images;

namespace RnnService.Api.Prediction;

/// <summary>The PNGs in a request: the files <c>image</c> of a form, each decoded as it comes.</summary>
internal static class BatchPredictionRequest
{
    public const int MaxImages = 256;

    private static readonly string Advice = $"Send multipart/form-data with up to {MaxImages} files '{PredictionRequest.FileField}'.";

    /// <returns>An image, or what is wrong with it, for each file in its order.</returns>
    /// <exception cref="InvalidRequestException">There are none, too many, or others than images.</exception>
    /// <exception cref="BadHttpRequestException">The body is no form, or a broken one.</exception>
    public static async Task<IReadOnlyList<(DigitImage? Image, InvalidImageException? Fault)>> ReadAsync(HttpRequest request, PredictionQuery query, CancellationToken cancellation)
    {
        if (!ImageForm.Is(request.MediaType()))
        {
            throw new BadHttpRequestException($"The body is not a form. {Advice}", StatusCodes.Status415UnsupportedMediaType);
        }

        ImageForm form = new(request, Advice);
        List<(DigitImage?, InvalidImageException?)> images = [];
        while (await form.ReadNextAsync(cancellation) is FileMultipartSection file)
        {
            if (file.Name != PredictionRequest.FileField)
            {
                throw new InvalidRequestException(RequestFaults.Shortened(file.Name)!, $"is not a file of this request. Name all files '{PredictionRequest.FileField}'.");
            }

            using PooledBytes png = await form.ReadAsync(file, cancellation);
            images.Add(Decode(png, query));
            if (images.Count > MaxImages)
            {
                throw new InvalidRequestException(PredictionRequest.FileField, $"must be there at most {MaxImages} times. Send the others with another request.");
            }
        }

        return images.Count > 0 ? images : throw new InvalidRequestException(PredictionRequest.FileField, $"is missing. Send 1 to {MaxImages} PNGs as files of that name.");
    }

    private static (DigitImage? Image, InvalidImageException? Fault) Decode(PooledBytes png, PredictionQuery query)
    {
        try
        {
            return (query.Decode(png.Span), null);
        }
        catch (InvalidImageException fault)
        {
            return (null, fault);
        }
    }
}
