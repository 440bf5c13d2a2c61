namespace RnnService.Api.Http;

/// <summary>Collects all errors of a request by field, so that one response reports them together.</summary>
internal sealed class ValidationErrors
{
    /// <summary>Further fields are not reported, so that a small request cannot cause a very large response.</summary>
    private const int MaxFields = 50;

    private const int MaxEchoLength = 100;

    private readonly SortedDictionary<string, List<string>> errors = new(StringComparer.Ordinal);

    /// <summary>Truncates a client's text for use in an error message.</summary>
    public static string? Shortened(string? text) => text?.Length > MaxEchoLength ? $"{text.AsSpan(0, MaxEchoLength)}…" : text;

    public void Add(string field, string error)
    {
        if (errors.TryGetValue(field, out List<string>? list))
        {
            list.Add(error);
        }
        else if (errors.Count < MaxFields)
        {
            errors[field] = [error];
        }
    }

    public void ThrowIfAny()
    {
        if (errors.Count > 0)
        {
            throw new InvalidRequestException(errors.ToDictionary(error => error.Key, error => error.Value.ToArray()));
        }
    }
}
