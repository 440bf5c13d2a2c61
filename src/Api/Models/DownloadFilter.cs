using RnnService.Api.Admission;
using RnnService.Api.Http;

namespace RnnService.Api.Models;

/// <summary>Refuses downloads while too many are in progress. Conditional requests, which need only headers if nothing has changed, take their permit later.</summary>
internal sealed class DownloadFilter(ModelDownloads downloads, ProblemExceptionHandler problems) : RefusalFilter(problems)
{
    protected override ProblemException? Refusal(HttpRequest request) =>
        IsConditional(request.Headers) || downloads.Permits.HasFree ? null : downloads.Permits.Refusal();

    private static bool IsConditional(IHeaderDictionary headers) => headers.IfNoneMatch.Count + headers.IfModifiedSince.Count > 0;
}
