using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace RnnService.Api.Storage;

/// <summary>Restores the UTC kind of times, which databases do not store.</summary>
internal sealed class UtcDateTimeConverter() : ValueConverter<DateTime, DateTime>(time => time, time => DateTime.SpecifyKind(time, DateTimeKind.Utc));
