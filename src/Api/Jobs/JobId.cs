namespace RnnService.Api.Jobs;

internal static class JobId
{
    /// <summary>Parses an id in a path. An invalid id is reported like an unknown one, with 404 instead of 400.</summary>
    /// <exception cref="JobNotFoundException">The text is not an id.</exception>
    public static Guid Parse(string text) => Guid.TryParse(text, out Guid id) ? id : throw new JobNotFoundException(text);
}
