using System.Net.Mime;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using RnnService.Api.Http;
using RnnService.Model.Images;

namespace RnnService.Api.Prediction;

/// <summary>Reads the PNG of a request: the body itself or the file <c>image</c> of a form.</summary>
internal static class PredictionRequest
{
    public const string FileField = "image";

    public const string Advice = $"Send a 28×28 PNG as the file '{FileField}' of multipart/form-data, or as the body with Content-Type: image/png.";

    /// <exception cref="UnreadableImageException">The request has no image.</exception>
    /// <exception cref="BadHttpRequestException">The body is neither a PNG nor a form.</exception>
    public static Task<PooledBuffer> ReadImageAsync(HttpRequest request, CancellationToken cancellation)
    {
        string? mediaType = request.MediaType();
        if (ImageForm.Is(mediaType))
        {
            return ReadFormAsync(request, cancellation);
        }

        if (MediaTypeNames.Image.Png.Equals(mediaType, StringComparison.OrdinalIgnoreCase))
        {
            return PooledBuffer.ReadAsync(request.Body, int.MaxValue, cancellation);
        }

        if (string.IsNullOrEmpty(mediaType) && request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == false)
        {
            throw new UnreadableImageException(ImageFault.Missing, $"The request has no image. {Advice}");
        }

        string found = string.IsNullOrEmpty(mediaType) ? "The body has no Content-Type." : $"The body is '{mediaType}'.";
        throw new BadHttpRequestException($"{found} {Advice}", StatusCodes.Status415UnsupportedMediaType);
    }

    private static async Task<PooledBuffer> ReadFormAsync(HttpRequest request, CancellationToken cancellation)
    {
        ImageForm form = new(request, int.MaxValue, $"Send multipart/form-data with one file '{FileField}'.");
        PooledBuffer? image = null;
        try
        {
            List<string> names = [];
            while (await form.ReadNextAsync(cancellation) is FileMultipartSection file)
            {
                names.Add(file.Name);
                image ??= await form.ReadAsync(file, cancellation);
            }

            return names is [FileField] ? image! : throw NotOneImage(names);
        }
        catch
        {
            image?.Dispose();
            throw;
        }
    }

    private static UnreadableImageException NotOneImage(List<string> names)
    {
        string found = names.Count == 0 ? "no file" : ValidationErrors.Shortened(string.Join(", ", names.Select(name => $"'{name}'")))!;
        return new UnreadableImageException(ImageFault.Missing, $"The form has {found}, but it must have exactly one file, named '{FileField}'.");
    }
}
