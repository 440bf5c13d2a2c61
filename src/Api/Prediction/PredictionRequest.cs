using System.Net.Mime;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using RnnService.Api.Hosting;
using RnnService.Model.Images;

namespace RnnService.Api.Prediction;

/// <summary>The PNG in a request: either the body itself, or the file <c>image</c> of a form.</summary>
internal static class PredictionRequest
{
    public const string FileField = "image";

    private const string Advice = $"Send a 28×28 PNG as the file '{FileField}' of multipart/form-data, or as the body with Content-Type: image/png.";

    /// <exception cref="InvalidImageException">There is no image.</exception>
    /// <exception cref="BadHttpRequestException">The body is neither a PNG nor a form.</exception>
    public static Task<PooledBytes> ReadImageAsync(HttpRequest request, CancellationToken cancellation)
    {
        string? mediaType = request.MediaType();
        if (ImageForm.Is(mediaType))
        {
            return ReadFormAsync(request, cancellation);
        }

        if (MediaTypeNames.Image.Png.Equals(mediaType, StringComparison.OrdinalIgnoreCase))
        {
            return PooledBytes.ReadAsync(request.Body, cancellation);
        }

        if (string.IsNullOrEmpty(mediaType) && request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == false)
        {
            throw new InvalidImageException(ImageFault.Missing, $"There is no image. {Advice}");
        }

        string found = string.IsNullOrEmpty(mediaType) ? "The body has no Content-Type." : $"The body is '{mediaType}'.";
        throw new BadHttpRequestException($"{found} {Advice}", StatusCodes.Status415UnsupportedMediaType);
    }

    private static async Task<PooledBytes> ReadFormAsync(HttpRequest request, CancellationToken cancellation)
    {
        ImageForm form = new(request, $"Send multipart/form-data with one file '{FileField}'.");
        PooledBytes? image = null;
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

    private static InvalidImageException NotOneImage(List<string> names)
    {
        string found = names.Count == 0 ? "no file" : RequestFaults.Shortened(string.Join(", ", names.Select(name => $"'{name}'")))!;
        return new InvalidImageException(ImageFault.Missing, $"The form has {found}, but it needs just one file, named '{FileField}'.");
    }
}
