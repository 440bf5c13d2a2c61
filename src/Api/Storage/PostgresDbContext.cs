using Microsoft.EntityFrameworkCore;

namespace RnnService.Api.Storage;

/// <summary>The database of several processes.</summary>
internal sealed class PostgresDbContext(DbContextOptions<PostgresDbContext> options) : ServiceDbContext(options);
