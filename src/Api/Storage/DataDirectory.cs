using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace RnnService.Api.Storage;

/// <summary>
/// The directory of the embedded database, locked by one process. The operating system releases the lock when the process ends for any reason, so a
/// process that acquires it knows that no other worker is running.
/// </summary>
internal sealed class DataDirectory : IDisposable
{
    private const string Setting = StorageOptions.Section + ":" + nameof(StorageOptions.Directory);

    private readonly string path;
    private FileStream? lockFile;

    public DataDirectory(IOptions<StorageOptions> options)
    {
        string userData = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        path = Path.GetFullPath(options.Value.Directory ?? Path.Combine(userData, "RnnService"));
        DatabaseFile = Path.Combine(path, "rnn-service.db");
        ConnectionString = new SqliteConnectionStringBuilder { DataSource = DatabaseFile, DefaultTimeout = 1 }.ToString();
    }

    public string DatabaseFile { get; }

    public string ConnectionString { get; }

    /// <exception cref="InvalidStorageException">The directory is not writable, its disk is full, or another process has locked it.</exception>
    public void Acquire()
    {
        try
        {
            Directory.CreateDirectory(path);
            lockFile = Lock(Path.Combine(path, "rnn-service.lock"));
        }
        catch (IOException e) when (FileError.IsSharingViolation(e))
        {
            throw new InvalidStorageException($"The data directory {path} is in use by another RnnService ({e.Message}). Stop it, or set {Setting} to another directory.", e);
        }
        catch (IOException e) when (FileError.IsDiskFull(e))
        {
            throw new InvalidStorageException($"The disk of the data directory {path} is full: {e.Message} Free some space, or set {Setting} to a directory on another disk.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidStorageException($"The data directory {path} is not writable: {e.Message} Set {Setting} to a writable directory.", e);
        }
    }

    public void Dispose()
    {
        // Closing the last pooled connection removes the write-ahead log.
        using SqliteConnection any = new(ConnectionString);
        SqliteConnection.ClearPool(any);
        lockFile?.Dispose();
    }

    /// <summary>
    /// Retries for a second and a half: the previous process may be exiting, and a child process that it has just started holds the lock until its own
    /// program is loaded.
    /// </summary>
    private static FileStream Lock(string file)
    {
        const int attempts = 15;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (attempt < attempts && FileError.IsSharingViolation(e))
            {
                Thread.Sleep(TimeSpan.FromMilliseconds(100));
            }
        }
    }
}
