namespace RnnService.Api.Hosting;

/// <summary>A part of a list.</summary>
/// <param name="Data">The items, in the list's order.</param>
/// <param name="HasMore">Whether more follow: ask again with after = the last item's id, an event's sequence number, or an image's index.</param>
internal sealed record Page<T>(IReadOnlyList<T> Data, bool HasMore)
{
    public static Page<T> Of(IEnumerable<T> items, int limit)
    {
        List<T> data = [.. items.Take(limit + 1)];
        return new Page<T>([.. data.Take(limit)], data.Count > limit);
    }

    public Page<TTo> Select<TTo>(Func<T, TTo> map) => new([.. Data.Select(map)], HasMore);
}
