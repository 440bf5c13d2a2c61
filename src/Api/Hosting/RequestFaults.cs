namespace RnnService.Api.Hosting;

/// <summary>What is wrong with a request, field by field, so that all of it can be said at once.</summary>
internal sealed class RequestFaults
{
    /// <summary>What comes after so many fields is left unsaid, so that a small request does not get a huge answer.</summary>
    private const int MaxFields = 50;

    private const int MaxEchoLength = 100;

    private readonly SortedDictionary<string, List<string>> faults = new(StringComparer.Ordinal);

    /// <summary>What a client sent, as far as an answer should repeat it.</summary>
    public static string? Shortened(string? text) => text?.Length > MaxEchoLength ? $"{text.AsSpan(0, MaxEchoLength)}…" : text;

    public void Add(string field, string fault)
    {
        if (faults.TryGetValue(field, out List<string>? list))
        {
            list.Add(fault);
        }
        else if (faults.Count < MaxFields)
        {
            faults[field] = [fault];
        }
    }

    public void ThrowIfAny()
    {
        if (faults.Count > 0)
        {
            throw new InvalidRequestException(faults.ToDictionary(fault => fault.Key, fault => fault.Value.ToArray()));
        }
    }
}
