using System.Globalization;
using Microsoft.EntityFrameworkCore;

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

    /// <summary>Reads the page out of a table, newest first.</summary>
    /// <param name="all">The table; the item to begin after may be any in it.</param>
    /// <param name="wanted">Those that are listed.</param>
    /// <param name="cancellation">The client left.</param>
    /// <exception cref="InvalidRequestException">There is no such item to begin after.</exception>
    public async Task<Page<T>> OfAsync<T>(IQueryable<T> all, IQueryable<T> wanted, CancellationToken cancellation)
        where T : class, IListed
    {
        if (After is Guid after)
        {
            int number = await all.Where(item => item.Id == after).Select(item => (int?)item.Number).SingleOrDefaultAsync(cancellation)
                ?? throw new InvalidRequestException("after", $"is {after}, which is not in this list (any more). Leave it out to begin with the newest.");
            wanted = wanted.Where(item => item.Number < number);
        }

        return Page<T>.Of(await wanted.AsNoTracking().OrderByDescending(item => item.Number).Take(Limit + 1).ToListAsync(cancellation), Limit);
    }
}
