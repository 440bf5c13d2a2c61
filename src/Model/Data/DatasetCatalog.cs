namespace RnnService.Model.Data;

/// <summary>
/// The datasets available for training, by name. The constructor reads and validates all of them. A dataset whose files cannot be read, such as on a volume that is not mounted,
/// is unavailable until they can. Thread-safe.
/// </summary>
public sealed class DatasetCatalog
{
    /// <summary>The name that is reserved for the original MNIST: its files are verified by hash, and must be readable.</summary>
    public const string Mnist = "mnist";

    private readonly Dictionary<string, DatasetDirectory> directories = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, DatasetSplit> loaded = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock gate = new();

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
            try
            {
                loaded[name] = this.directories[name].Load();
            }
            catch (InvalidDatasetException e) when (e.IsUnreadable && !isMnist)
            {
                // Find tries again.
            }
            catch (InvalidDatasetException e)
            {
                errors.Add(e);
            }
        }

        if (errors.Count > 0)
        {
            throw new AggregateException(errors);
        }
    }

    /// <summary>The names, in alphabetical order.</summary>
    public IEnumerable<string> Names => directories.Keys.Order();

    /// <summary>The names and directories of the datasets whose files could not be read yet.</summary>
    public IReadOnlyDictionary<string, string> Unavailable
    {
        get
        {
            lock (gate)
            {
                return directories.Where(dataset => !loaded.ContainsKey(dataset.Key)).ToDictionary(dataset => dataset.Key, dataset => dataset.Value.Path, StringComparer.OrdinalIgnoreCase);
            }
        }
    }

    /// <summary>Finds a dataset by its name, which is not case-sensitive. Returns null if it does not exist, or if its files cannot be used now.</summary>
    /// <param name="name">The name.</param>
    public DatasetSplit? Find(string name)
    {
        lock (gate)
        {
            if (!loaded.TryGetValue(name, out DatasetSplit? dataset) && directories.TryGetValue(name, out DatasetDirectory? directory))
            {
                try
                {
                    loaded[name] = dataset = directory.Load();
                }
                catch (InvalidDatasetException)
                {
                    // Still unavailable, or not copied completely yet.
                }
            }

            return dataset;
        }
    }
}
