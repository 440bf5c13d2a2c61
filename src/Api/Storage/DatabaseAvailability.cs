namespace RnnService.Api.Storage;

/// <summary>How long the database has responded to this process without a temporary fault. Those who meet a fault report it.</summary>
internal sealed class DatabaseAvailability(TimeProvider time)
{
    private long since = time.GetTimestamp();

    /// <summary>The time since the last fault or the start of the process.</summary>
    public TimeSpan RespondingFor => time.GetElapsedTime(Volatile.Read(ref since));

    public void ReportFault() => Volatile.Write(ref since, time.GetTimestamp());
}
