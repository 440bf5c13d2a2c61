using Microsoft.EntityFrameworkCore;

namespace RnnService.Api.Storage;

/// <summary>The embedded database.</summary>
internal sealed class SqliteDbContext(DbContextOptions<SqliteDbContext> options) : ServiceDbContext(options);
