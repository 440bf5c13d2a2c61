namespace RnnService.Api.Admission;

/// <summary>Describes a kind of expensive work and its limits.</summary>
/// <param name="Name">The prefix of the instruments, such as <c>rnn.models.downloads</c>.</param>
/// <param name="Work">The work, in the plural.</param>
/// <param name="Limit">How many callers may do the work at the same time.</param>
/// <param name="QueueLimit">How many callers may wait for a permit.</param>
/// <param name="RetryAfter">When a refused caller can send the request again.</param>
internal sealed record PermitDescription(string Name, string Work, int Limit, int QueueLimit, TimeSpan RetryAfter);
