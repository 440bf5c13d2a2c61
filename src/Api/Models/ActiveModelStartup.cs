namespace RnnService.Api.Models;

/// <summary>Activates a model before the service accepts requests.</summary>
internal sealed class ActiveModelStartup(ActiveModel active) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => active.RefreshAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
