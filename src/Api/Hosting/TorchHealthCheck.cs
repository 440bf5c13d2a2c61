using Microsoft.Extensions.Diagnostics.HealthChecks;
using TorchSharp;

namespace RnnService.Api.Hosting;

/// <summary>Whether the native library loads and calculates.</summary>
internal sealed class TorchHealthCheck : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using torch.Tensor two = torch.full([1], 2f);
        return Task.FromResult(two.item<float>() == 2f
            ? HealthCheckResult.Healthy("libtorch answers.")
            : HealthCheckResult.Unhealthy("libtorch gives wrong answers."));
    }
}
