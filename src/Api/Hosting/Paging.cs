using System.Globalization;

namespace RnnService.Api.Hosting;

/// <summary>Which part of a list is asked for: what comes after an item, and how much of it.</summary>
internal sealed record Paging(Guid? After, int Limit)
{
    public const int DefaultLimit = 20;
    public const int MaxLimit = 100;

    public static Paging Parse(string? after, string? limit, RequestFaults faults)
    {
        Guid? start = null;
        if (after is not null)
        {
            start = Guid.TryParse(after, out Guid id) ? id : null;
            if (start is null)
            {
                faults.Add(nameof(after), $"must be the id of the last item of the page before, not '{after}'.");
            }
        }

        return new Paging(start, ParseLimit(limit, faults));
    }

    public static int ParseLimit(string? limit, RequestFaults faults)
    {
        int size = DefaultLimit;
        if (limit is not null && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > MaxLimit))
        {
            faults.Add(nameof(limit), $"must be a whole number from 1 to {MaxLimit}, not '{limit}'.");
        }

        return size;
    }

    /// <summary>Cuts the page out of a list that is newest first.</summary>
    public Page<T> Of<T>(IEnumerable<T> newestFirst, Func<T, Guid> id)
    {
        if (After is null)
        {
            return Page<T>.Of(newestFirst, Limit);
        }

        List<T> rest = [.. newestFirst.SkipWhile(item => id(item) != After)];
        return rest.Count > 0
            ? Page<T>.Of(rest.Skip(1), Limit)
            : throw new InvalidRequestException("after", $"is {After}, which is not in this list (any more). Leave it out to begin with the newest.");
    }
}
