namespace RnnService.Api.Storage.Notifications;

internal static class NotificationServices
{
    public static IServiceCollection AddNotifications(this IServiceCollection services) => services
        .AddSingleton<PostgresNotificationSender>()
        .AddSingleton<PostgresListener>()
        .AddByProvider<INotifications, SingleProcessNotifications, PostgresNotifications>()
        .AddHostedService<NotificationService>();
}
