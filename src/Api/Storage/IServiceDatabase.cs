using System.Data.Common;

namespace RnnService.Api.Storage;

/// <summary>Opens the database when the service starts.</summary>
internal interface IServiceDatabase
{
    /// <summary>The least time between two checkpoints of a job if it is not configured: each one is written to the log of the database as a whole.</summary>
    TimeSpan DefaultCheckpointInterval { get; }

    /// <summary>Brings the schema up to date. It returns when the database can be used.</summary>
    /// <exception cref="InvalidStorageException">The database cannot be opened.</exception>
    Task OpenAsync(CancellationToken cancellation);

    /// <summary>Describes a fault during the start, with advice.</summary>
    InvalidStorageException Fault(DbException cause);
}
