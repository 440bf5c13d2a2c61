using System.Collections.Concurrent;

namespace RnnService.Model.Data;

/// <summary>
/// The datasets available for training, by name. The constructor reads and validates all of them. A dataset whose files cannot be read, such as on a volume that is not mounted,
/// is unavailable until <see cref="LoadUnavailable"/> succeeds. Thread-safe.
/// </summary>
public sealed class DatasetCatalog
{
    /// <summary>The name that is reserved for the original MNIST: its files are verified by hash, and must be readable.</summary>
    public const string Mnist = "mnist";

    private readonly Dictionary<string, DatasetDirectory> directories = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, DatasetSplit> loaded = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, InvalidDatasetException> faults = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads all datasets.</summary>
    /// <param name="directories">The directory of each dataset, by name.</param>
    /// <exception cref="AggregateException">Files are invalid, or those of MNIST are missing: an <see cref="InvalidDatasetException"/> for each such dataset.</exception>
    public DatasetCatalog(IEnumerable<KeyValuePair<string, string>> directories)
    {
        List<InvalidDatasetException> errors = [];
        foreach ((string name, string path) in directories)
        {
            bool isMnist = name.Equals(Mnist, StringComparison.OrdinalIgnoreCase);
            this.directories[name] = new DatasetDirectory(path, isMnist ? DatasetDirectory.MnistSha256 : new Dictionary<string, string>());
            if (Load(name) is InvalidDatasetException fault && (isMnist || !fault.IsUnreadable))
            {
                errors.Add(fault);
            }
        }

        if (errors.Count > 0)
        {
            throw new AggregateException(errors);
        }
    }

    /// <summary>The names, in alphabetical order.</summary>
    public IEnumerable<string> Names => directories.Keys.Order();

    /// <summary>The datasets that could not be read yet, with the fault of the last attempt, by name, which is not case-sensitive.</summary>
    public IReadOnlyDictionary<string, InvalidDatasetException> Unavailable => faults;

    /// <summary>Finds a dataset by its name, which is not case-sensitive. Returns null if it does not exist or is unavailable. Reads no files.</summary>
    /// <param name="name">The name.</param>
    public DatasetSplit? Find(string name) => loaded.GetValueOrDefault(name);

    /// <summary>Tries to read the unavailable datasets. It can take as long as the file system does.</summary>
    /// <returns>The fault of each dataset that was unavailable; null if it is available now.</returns>
    public IReadOnlyDictionary<string, InvalidDatasetException?> LoadUnavailable() => faults.Keys.ToDictionary(name => name, Load);

    private InvalidDatasetException? Load(string name)
    {
        try
        {
            loaded[name] = directories[name].Load();
            faults.TryRemove(name, out _);
            return null;
        }
        catch (InvalidDatasetException e)
        {
            return faults[name] = e;
        }
    }
}
