using Hangfire;

namespace RnnService.Api.Training;

/// <summary>Creates Hangfire's storage, which holds the queue of deliveries.</summary>
internal interface IQueueStorage
{
    JobStorage Create();
}
