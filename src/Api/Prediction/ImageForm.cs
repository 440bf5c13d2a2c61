using System.Net.Mime;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace RnnService.Api.Prediction;

/// <summary>The files of a form, one after the other as they come from the socket. None is ever written to disk.</summary>
/// <param name="request">A request for which <see cref="Is"/> is true.</param>
/// <param name="advice">What to send instead of a form that is broken.</param>
internal sealed class ImageForm(HttpRequest request, string advice)
{
    private const int MaxBoundary = 70; // RFC 2046, 5.1.1

    private readonly MultipartReader reader = new(Boundary(request, advice), request.Body);

    /// <summary>Whether a request is a form with files.</summary>
    public static bool Is(string? mediaType) => MediaTypeNames.Multipart.FormData.Equals(mediaType, StringComparison.OrdinalIgnoreCase);

    /// <summary>Goes on to the next file, past fields that are no files.</summary>
    /// <returns>The file, valid until the next is asked for; null when there is none.</returns>
    /// <exception cref="BadHttpRequestException">The form is broken, or too large.</exception>
    public async Task<FileMultipartSection?> ReadNextAsync(CancellationToken cancellation)
    {
        try
        {
            while (await reader.ReadNextSectionAsync(cancellation) is MultipartSection section)
            {
                if (ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out ContentDispositionHeaderValue? disposition) && disposition.IsFileDisposition())
                {
                    return new FileMultipartSection(section, disposition);
                }
            }

            return null;
        }
        catch (Exception fault) when (IsBrokenForm(fault))
        {
            throw Broken(fault, advice);
        }
    }

    /// <summary>Reads a file to its end.</summary>
    /// <exception cref="BadHttpRequestException">The form is broken, or too large.</exception>
    public async Task<PooledBuffer> ReadAsync(FileMultipartSection file, CancellationToken cancellation)
    {
        try
        {
            return await PooledBuffer.ReadAsync(file.FileStream ?? Stream.Null, cancellation);
        }
        catch (Exception fault) when (IsBrokenForm(fault))
        {
            throw Broken(fault, advice);
        }
    }

    private static string Boundary(HttpRequest request, string advice)
    {
        string boundary = MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type) ? HeaderUtilities.RemoveQuotes(type.Boundary).ToString() : "";
        return boundary.Length is > 0 and <= MaxBoundary
            ? boundary
            : throw Broken(new InvalidDataException($"Its Content-Type has no boundary of 1 to {MaxBoundary} characters."), advice);
    }

    private static bool IsBrokenForm(Exception fault) => fault is InvalidDataException || (fault is IOException && fault is not BadHttpRequestException);

    private static BadHttpRequestException Broken(Exception fault, string advice) => new($"The form cannot be read: {fault.Message} {advice}", fault);
}
