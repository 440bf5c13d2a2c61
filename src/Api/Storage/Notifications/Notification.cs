namespace RnnService.Api.Storage.Notifications;

/// <summary>Says that something changed. It has no data: receivers read the database, so that late, lost or repeated notifications are harmless.</summary>
/// <param name="Topic">What changed: a word.</param>
/// <param name="Id">Which one changed.</param>
internal readonly record struct Notification(string Topic, Guid Id)
{
    public override string ToString() => $"{Topic} {Id:N}";

    /// <summary>Reads the text of a notification; null if it is none, for example of another version of the service.</summary>
    public static Notification? Parse(string text) => text.Split(' ') is [string topic, string id] && Guid.TryParse(id, out Guid parsed)
        ? new Notification(topic, parsed)
        : null;
}
