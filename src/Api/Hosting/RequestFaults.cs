namespace RnnService.Api.Hosting;

/// <summary>What is wrong with a request, field by field, so that all of it can be said at once.</summary>
internal sealed class RequestFaults
{
    private readonly SortedDictionary<string, List<string>> faults = new(StringComparer.Ordinal);

    public bool Has(string field) => faults.ContainsKey(field);

    public void Add(string field, string fault)
    {
        if (!faults.TryGetValue(field, out List<string>? list))
        {
            faults[field] = list = [];
        }

        list.Add(fault);
    }

    public void ThrowIfAny()
    {
        if (faults.Count > 0)
        {
            throw new InvalidRequestException(faults.ToDictionary(fault => fault.Key, fault => fault.Value.ToArray()));
        }
    }
}
