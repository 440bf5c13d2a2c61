using System.Data.Common;

namespace RnnService.Api.Storage;

/// <summary>Opens the database when the service starts.</summary>
internal interface IServiceDatabase
{
    /// <summary>Brings the schema up to date. It returns when the database can be used.</summary>
    /// <exception cref="InvalidStorageException">The database cannot be opened.</exception>
    Task OpenAsync(CancellationToken cancellation);

    /// <summary>Describes a fault during the start, with advice.</summary>
    InvalidStorageException Fault(DbException cause);
}
