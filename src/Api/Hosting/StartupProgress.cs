namespace RnnService.Api.Hosting;

/// <summary>Whether the service has started.</summary>
internal sealed class StartupProgress
{
    private volatile bool hasStarted;

    public bool HasStarted => hasStarted;

    public void Complete() => hasStarted = true;
}
