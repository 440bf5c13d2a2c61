using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace RnnService.Api.Storage;

/// <summary>Marks times as UTC: SQLite does not store their kind, and PostgreSQL accepts no other.</summary>
internal sealed class UtcDateTimeConverter() : ValueConverter<DateTime, DateTime>(time => DateTime.SpecifyKind(time, DateTimeKind.Utc), time => DateTime.SpecifyKind(time, DateTimeKind.Utc));
