namespace RnnService.Api.Hosting;

/// <summary>A request's fields are not what they may be.</summary>
internal sealed class InvalidRequestException(IReadOnlyDictionary<string, string[]> faults)
    : Exception(string.Join(" ", faults.Select(fault => $"{fault.Key}: {string.Join(" ", fault.Value)}")))
{
    public InvalidRequestException(string field, string fault)
        : this(new Dictionary<string, string[]> { [field] = [fault] })
    {
    }

    public IReadOnlyDictionary<string, string[]> Faults { get; } = faults;
}
