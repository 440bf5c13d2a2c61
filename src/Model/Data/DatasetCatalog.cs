namespace RnnService.Model.Data;

/// <summary>The data sets that can be trained on, by name. All are read and checked when the catalogue is made.</summary>
public sealed class DatasetCatalog
{
    /// <summary>The name under which real MNIST is expected, hash for hash.</summary>
    public const string Mnist = "mnist";

    private readonly Dictionary<string, DatasetSplit> datasets = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads every data set.</summary>
    /// <param name="directories">Each data set's folder, by the data set's name.</param>
    /// <exception cref="InvalidDatasetException">A file is not as it should be; the message names it.</exception>
    public DatasetCatalog(IEnumerable<KeyValuePair<string, string>> directories)
    {
        foreach ((string name, string path) in directories)
        {
            bool isMnist = name.Equals(Mnist, StringComparison.OrdinalIgnoreCase);
            datasets[name] = new DatasetDirectory(path, isMnist ? DatasetDirectory.MnistSha256 : new Dictionary<string, string>()).Load();
        }
    }

    /// <summary>The names, in alphabetical order.</summary>
    public IEnumerable<string> Names => datasets.Keys.Order();

    /// <summary>A data set by its name, whatever the case; null when there is none.</summary>
    /// <param name="name">The name to look for.</param>
    public DatasetSplit? Find(string name) => datasets.GetValueOrDefault(name);
}
