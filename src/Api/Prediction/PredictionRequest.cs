using System.Net.Mime;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using RnnService.Api.Http;
using RnnService.Model.Images;

namespace RnnService.Api.Prediction;

/// <summary>Reads the image of a request: the body itself or the file <c>image</c> of a form.</summary>
internal sealed class PredictionRequest(IOptions<PredictionOptions> options)
{
    public const string FileField = "image";

    public const string Advice = $"Send a PNG, JPEG or WebP image as the file '{FileField}' of multipart/form-data, or as the body with Content-Type: image/png, image/jpeg or image/webp.";

    /// <summary>The media types of a body that is an image. A file of a form may have any.</summary>
    public static readonly string[] MediaTypes = [MediaTypeNames.Image.Png, MediaTypeNames.Image.Jpeg, MediaTypeNames.Image.Webp];

    /// <returns>The image, as <see cref="ImageUpload.ReadAsync"/> returns it; null if there is no permit.</returns>
    /// <exception cref="UnreadableImageException">The request has no image.</exception>
    /// <exception cref="BadHttpRequestException">The body is neither an image nor a form, or too large.</exception>
    public async ValueTask<PooledBuffer?> ReadImageAsync(HttpRequest request, PredictionQuery query, FitPermit permit, CancellationToken cancellation)
    {
        string? mediaType = request.MediaType();
        if (query.Fit == Fitting.Always && !permit.TryTake())
        {
            return null;
        }

        if (ImageForm.Is(mediaType))
        {
            return await ReadFormAsync(request, query, permit, cancellation);
        }

        if (MediaTypes.Contains(mediaType, StringComparer.OrdinalIgnoreCase))
        {
            return await ImageUpload.ReadAsync(request.Body, request.ContentLength, options.Value.MaxRequestBytes, query, permit, cancellation);
        }

        if (string.IsNullOrEmpty(mediaType) && request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == false)
        {
            throw new UnreadableImageException(ImageFault.Missing, $"The request has no image. {Advice}");
        }

        string found = string.IsNullOrEmpty(mediaType) ? "The body has no Content-Type." : $"The body is '{mediaType}'.";
        throw new BadHttpRequestException($"{found} {Advice}", StatusCodes.Status415UnsupportedMediaType);
    }

    private async ValueTask<PooledBuffer?> ReadFormAsync(HttpRequest request, PredictionQuery query, FitPermit permit, CancellationToken cancellation)
    {
        ImageForm form = new(request, options.Value.MaxRequestBytes, $"Send multipart/form-data with one file '{FileField}'.");
        PooledBuffer? image = null;
        try
        {
            List<string> names = [];
            while (await form.ReadNextAsync(cancellation) is FileMultipartSection file)
            {
                names.Add(file.Name);
                if (names is [FileField] && (image = await form.ReadAsync(file, query, permit, cancellation)) is null)
                {
                    return null;
                }
            }

            return names is [FileField] ? image : throw NotOneImage(names);
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
