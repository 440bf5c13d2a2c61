namespace RnnService.Api.Hosting;

/// <summary>A part of a list.</summary>
/// <param name="Data">The items, newest first.</param>
/// <param name="HasMore">Whether older ones follow: ask again with after = the last item's id.</param>
internal sealed record Page<T>(IReadOnlyList<T> Data, bool HasMore)
{
    public Page<TTo> Select<TTo>(Func<T, TTo> map) => new([.. Data.Select(map)], HasMore);
}
