using RnnService.Api.Admission;
using RnnService.Api.Http;

namespace RnnService.Api.Models;

/// <summary>Refuses downloads while too many are in progress.</summary>
internal sealed class DownloadFilter(ModelDownloads downloads, ProblemExceptionHandler problems) : RefusalFilter(problems)
{
    protected override ProblemException? Refusal() => downloads.Permits.HasFree ? null : downloads.Permits.Refusal();
}
