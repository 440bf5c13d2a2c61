using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace RnnService.Api.Storage;

/// <summary>Times are UTC, and are so again when read.</summary>
internal sealed class UtcDateTimeConverter() : ValueConverter<DateTime, DateTime>(time => time, time => DateTime.SpecifyKind(time, DateTimeKind.Utc));
