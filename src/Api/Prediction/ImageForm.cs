using System.Net.Mime;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace RnnService.Api.Prediction;

/// <summary>Reads the files of a form as they arrive from the socket. No file is buffered on disk.</summary>
/// <param name="request">A request for which <see cref="Is"/> is true.</param>
/// <param name="maxFileBytes">The maximum size of a file, in bytes.</param>
/// <param name="advice">Explains what to send if the form is malformed.</param>
internal sealed class ImageForm(HttpRequest request, int maxFileBytes, string advice)
{
    /// <summary>How much larger than its file a form with one file may be, in bytes.</summary>
    public const int MaxOverhead = 64 * 1024;

    private const int MaxBoundary = 70; // RFC 2046, 5.1.1

    private readonly MultipartReader reader = new(Boundary(request, advice), request.Body);

    /// <summary>Whether a media type is that of a form with files.</summary>
    public static bool Is(string? mediaType) => MediaTypeNames.Multipart.FormData.Equals(mediaType, StringComparison.OrdinalIgnoreCase);

    /// <summary>Advances to the next file. Fields that are not files are skipped.</summary>
    /// <returns>The file, which is valid until the next call; null at the end of the form.</returns>
    /// <exception cref="BadHttpRequestException">The form is malformed or too large.</exception>
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
        catch (Exception e) when (IsMalformed(e))
        {
            throw Malformed(e, advice);
        }
    }

    /// <summary>Reads a file; see <see cref="ImageUpload.ReadAsync"/>.</summary>
    /// <exception cref="BadHttpRequestException">The form is malformed or too large.</exception>
    public async ValueTask<PooledBuffer?> ReadAsync(FileMultipartSection file, PredictionQuery query, FitPermit permit, CancellationToken cancellation)
    {
        try
        {
            return await ImageUpload.ReadAsync(file.FileStream ?? Stream.Null, request.ContentLength, maxFileBytes, query, permit, cancellation);
        }
        catch (Exception e) when (IsMalformed(e))
        {
            throw Malformed(e, advice);
        }
    }

    private static string Boundary(HttpRequest request, string advice)
    {
        string boundary = MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type) ? HeaderUtilities.RemoveQuotes(type.Boundary).ToString() : "";
        return boundary.Length is > 0 and <= MaxBoundary
            ? boundary
            : throw Malformed(new InvalidDataException($"Its Content-Type has no boundary of 1 to {MaxBoundary} characters."), advice);
    }

    private static bool IsMalformed(Exception exception) => exception is InvalidDataException || (exception is IOException && exception is not BadHttpRequestException);

    private static BadHttpRequestException Malformed(Exception cause, string advice) => new($"The form cannot be read: {cause.Message} {advice}", cause);
}
