namespace RnnService.Model.Data;

/// <summary>The datasets available for training, by name. The constructor reads and validates all of them.</summary>
public sealed class DatasetCatalog
{
    /// <summary>The name that is reserved for the original MNIST: its files are verified by hash.</summary>
    public const string Mnist = "mnist";

    private readonly Dictionary<string, DatasetSplit> datasets = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads all datasets.</summary>
    /// <param name="directories">The directory of each dataset, by name.</param>
    /// <exception cref="AggregateException">Files are missing or invalid: an <see cref="InvalidDatasetException"/> for each such dataset.</exception>
    public DatasetCatalog(IEnumerable<KeyValuePair<string, string>> directories)
    {
        List<InvalidDatasetException> errors = [];
        foreach ((string name, string path) in directories)
        {
            bool isMnist = name.Equals(Mnist, StringComparison.OrdinalIgnoreCase);
            try
            {
                datasets[name] = new DatasetDirectory(path, isMnist ? DatasetDirectory.MnistSha256 : new Dictionary<string, string>()).Load();
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
    public IEnumerable<string> Names => datasets.Keys.Order();

    /// <summary>Finds a dataset by its name, which is not case-sensitive. Returns null if it does not exist.</summary>
    /// <param name="name">The name.</param>
    public DatasetSplit? Find(string name) => datasets.GetValueOrDefault(name);
}
