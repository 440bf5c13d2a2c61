namespace RnnService.Api.Storage;

/// <summary>The database cannot be opened.</summary>
internal sealed class InvalidStorageException(string message, Exception? cause = null) : Exception(message, cause);
