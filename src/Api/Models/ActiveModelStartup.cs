namespace RnnService.Api.Models;

/// <summary>Serves what served before, from before the first request can come.</summary>
internal sealed class ActiveModelStartup(ActiveModel active) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => active.RefreshAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
