namespace RnnService.Model.Data;

/// <summary>A file of a dataset is missing, truncated or invalid. The message contains the path of the file.</summary>
public sealed class InvalidDatasetException : Exception
{
    /// <summary>Creates an exception for a file.</summary>
    /// <param name="path">The invalid file.</param>
    /// <param name="fault">Describes the fault and the expected content.</param>
    /// <param name="cause">The exception of the file system; null if reading succeeded.</param>
    public InvalidDatasetException(string path, string fault, Exception? cause = null)
        : base($"{path}: {fault}", cause)
    {
        Path = path;
        Fault = fault;
    }

    /// <summary>Describes the fault and the expected content, without the path.</summary>
    public string Fault { get; }

    /// <summary>The invalid file.</summary>
    public string Path { get; }

    /// <summary>The name of the file, without its directory.</summary>
    public string FileName => System.IO.Path.GetFileName(Path);

    /// <summary>Whether the file system could not read the file, which may be temporary; otherwise its content is invalid.</summary>
    public bool IsUnreadable => InnerException is IOException or UnauthorizedAccessException;
}
