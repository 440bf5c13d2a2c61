namespace RnnService.Model.Data;

/// <summary>A file of a dataset is missing, truncated or invalid. The message contains the path of the file.</summary>
public sealed class InvalidDatasetException : Exception
{
    /// <summary>Creates an exception for a file.</summary>
    /// <param name="path">The invalid file, or the dataset's directory.</param>
    /// <param name="fault">Describes the fault and the expected content.</param>
    /// <param name="cause">The exception of the file system; null if reading succeeded.</param>
    public InvalidDatasetException(string path, string fault, Exception? cause = null)
        : base($"{path}: {fault}", cause)
    {
        Path = path;
    }

    /// <summary>The invalid file, or the dataset's directory.</summary>
    public string Path { get; }

    /// <summary>Whether the file system could not read the file, which may be temporary; otherwise its content is invalid.</summary>
    public bool IsUnreadable => InnerException is IOException or UnauthorizedAccessException;
}
