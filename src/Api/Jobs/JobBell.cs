namespace RnnService.Api.Jobs;

/// <summary>
/// Tells those who watch a job that there is something new to read; it carries no news itself, so that a ring too many or one that comes late
/// does no harm.
/// </summary>
internal sealed class JobBell
{
    public event Action<Guid>? Rung;

    public void Ring(Guid jobId) => Rung?.Invoke(jobId);
}
