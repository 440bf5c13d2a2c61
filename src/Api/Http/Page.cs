namespace RnnService.Api.Http;

/// <summary>A page of a list.</summary>
/// <param name="Data">The items in the order of the list.</param>
/// <param name="HasMore">Whether more items follow. To get them, set `after` to the last item's id, sequence number or index.</param>
internal sealed record Page<T>(IReadOnlyList<T> Data, bool HasMore)
{
    public static Page<T> Of(IEnumerable<T> items, int limit)
    {
        List<T> data = [.. items.Take(limit + 1)];
        return new Page<T>([.. data.Take(limit)], data.Count > limit);
    }

    public Page<TTo> Select<TTo>(Func<T, TTo> map) => new([.. Data.Select(map)], HasMore);
}
