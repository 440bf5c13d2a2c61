using System.Net.Mime;
using RnnService.Model.Images;

namespace RnnService.Api.Prediction;

/// <summary>The PNG in a request: either the body itself, or the file <c>image</c> of a form.</summary>
internal static class PredictionRequest
{
    public const string FileField = "image";

    private const string Advice = $"Send a 28×28 PNG as the file '{FileField}' of multipart/form-data, or as the body with Content-Type: image/png.";

    /// <exception cref="InvalidImageException">There is no image.</exception>
    /// <exception cref="BadHttpRequestException">The body is neither a PNG nor a form.</exception>
    public static Task<byte[]> ReadImageAsync(HttpRequest request, CancellationToken cancellation)
    {
        string? mediaType = request.ContentType?.Split(';')[0].Trim();
        if (MediaTypeNames.Multipart.FormData.Equals(mediaType, StringComparison.OrdinalIgnoreCase))
        {
            return ReadFormAsync(request, cancellation);
        }

        if (MediaTypeNames.Image.Png.Equals(mediaType, StringComparison.OrdinalIgnoreCase))
        {
            return ReadAllAsync(request.Body, cancellation);
        }

        if (string.IsNullOrEmpty(mediaType) && request.ContentLength is null or 0)
        {
            throw new InvalidImageException(ImageFault.Missing, $"There is no image. {Advice}");
        }

        string found = string.IsNullOrEmpty(mediaType) ? "The body has no Content-Type." : $"The body is '{mediaType}'.";
        throw new BadHttpRequestException($"{found} {Advice}", StatusCodes.Status415UnsupportedMediaType);
    }

    private static async Task<byte[]> ReadFormAsync(HttpRequest request, CancellationToken cancellation)
    {
        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync(cancellation);
        }
        catch (Exception e) when (e is InvalidDataException || (e is IOException && e is not BadHttpRequestException))
        {
            throw new BadHttpRequestException($"The form cannot be read: {e.Message} Send multipart/form-data with one file '{FileField}'.", e);
        }

        if (form.Files.Count != 1 || form.Files.GetFile(FileField) is not IFormFile file)
        {
            string found = form.Files.Count == 0 ? "no file" : string.Join(", ", form.Files.Select(other => $"'{other.Name}'"));
            throw new InvalidImageException(ImageFault.Missing, $"The form has {found}, but it needs just one file, named '{FileField}'.");
        }

        await using Stream content = file.OpenReadStream();
        return await ReadAllAsync(content, cancellation);
    }

    private static async Task<byte[]> ReadAllAsync(Stream content, CancellationToken cancellation)
    {
        using MemoryStream buffer = new();
        await content.CopyToAsync(buffer, cancellation);
        return buffer.ToArray();
    }
}
