using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace RnnService.Api.Storage;

/// <summary>
/// The folder of the embedded database. The process that opened it has it to itself: the system takes the lock away from a process that
/// dies, however it dies, so that the next one knows that nobody is at work.
/// </summary>
internal sealed class DataDirectory : IDisposable
{
    private const string Setting = StorageOptions.Section + ":" + nameof(StorageOptions.Directory);

    private readonly string path;
    private FileStream? claim;

    public DataDirectory(IOptions<StorageOptions> options)
    {
        string userData = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        path = Path.GetFullPath(options.Value.Directory ?? Path.Combine(userData, "RnnService"));
        DatabaseFile = Path.Combine(path, "rnn-service.db");
        ConnectionString = new SqliteConnectionStringBuilder { DataSource = DatabaseFile }.ToString();
    }

    public string DatabaseFile { get; }

    public string ConnectionString { get; }

    /// <exception cref="InvalidStorageException">The folder cannot be written to, or another process has it.</exception>
    public void Claim()
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(e);
        }

        try
        {
            claim = Lock(Path.Combine(path, "rnn-service.lock"));
        }
        catch (UnauthorizedAccessException e)
        {
            throw Unwritable(e);
        }
        catch (IOException e)
        {
            throw new InvalidStorageException($"The data folder {path} is in use by another RnnService ({e.Message}). Stop that one, or set {Setting} to another folder.", e);
        }
    }

    public void Dispose()
    {
        // Connections are kept for the next use: only when the last is closed is the write-ahead log put away.
        using SqliteConnection any = new(ConnectionString);
        SqliteConnection.ClearPool(any);
        claim?.Dispose();
    }

    /// <summary>
    /// Whoever had the folder may be on its way out, and so may a program that it just started: until that has begun, it holds the lock as well. So there
    /// is a second and a half of patience.
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
            catch (IOException) when (attempt < attempts)
            {
                Thread.Sleep(TimeSpan.FromMilliseconds(100));
            }
        }
    }

    private InvalidStorageException Unwritable(Exception cause) =>
        new($"The data folder {path} cannot be written to: {cause.Message} Set {Setting} to a folder that can.", cause);
}
