namespace RnnService.Api.Jobs;

internal static class JobId
{
    /// <summary>Reads an id in a path. Text that is no id names no job: that is a 404, not a fault of form.</summary>
    /// <exception cref="JobNotFoundException">The text is no id.</exception>
    public static Guid Parse(string text) => Guid.TryParse(text, out Guid id) ? id : throw new JobNotFoundException(text);
}
