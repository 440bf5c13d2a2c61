using Hangfire;
using Hangfire.InMemory;

namespace RnnService.Api.Training;

/// <summary>A queue in the memory of this process, for the embedded database.</summary>
internal sealed class MemoryQueueStorage : IQueueStorage
{
    public JobStorage Create() => new InMemoryStorage(new InMemoryStorageOptions());
}
