using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace RnnService.Api.Http;

/// <summary>Selects a page of a list: the item that it starts after, and its size.</summary>
internal sealed record Paging(Guid? After, int Limit)
{
    public const int DefaultLimit = 20;
    public const int MaxLimit = 100;

    public static Paging Parse(string? after, string? limit, ValidationErrors errors)
    {
        Guid? start = null;
        if (after is not null)
        {
            start = Guid.TryParse(after, out Guid id) ? id : null;
            if (start is null)
            {
                errors.Add(nameof(after), $"must be the id of the last item on the previous page, not '{after}'.");
            }
        }

        return new Paging(start, ParseLimit(limit, errors));
    }

    public static int ParseLimit(string? limit, ValidationErrors errors)
    {
        int size = DefaultLimit;
        if (limit is not null && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > MaxLimit))
        {
            errors.Add(nameof(limit), $"must be a whole number from 1 to {MaxLimit}, not '{limit}'.");
        }

        return size;
    }

    /// <summary>Reads the page from a table, newest first.</summary>
    /// <param name="all">The table. The page can start after any of its items.</param>
    /// <param name="filtered">The items to list.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <exception cref="InvalidRequestException">The item to start after does not exist.</exception>
    public async Task<Page<T>> OfAsync<T>(IQueryable<T> all, IQueryable<T> filtered, CancellationToken cancellation)
        where T : class, IListed
    {
        if (After is Guid after)
        {
            int number = await all.Where(item => item.Id == after).Select(item => (int?)item.Number).SingleOrDefaultAsync(cancellation)
                ?? throw new InvalidRequestException("after", $"is {after}, which is not in this list; it may have been deleted. Omit it to start with the newest.");
            filtered = filtered.Where(item => item.Number < number);
        }

        return Page<T>.Of(await filtered.AsNoTracking().OrderByDescending(item => item.Number).Take(Limit + 1).ToListAsync(cancellation), Limit);
    }
}
