namespace RnnService.Model.Data;

/// <summary>A data set's file is missing, cut short, or not what it should be. The message names the file.</summary>
public sealed class InvalidDatasetException : Exception
{
    /// <summary>Says what is wrong with a file, and names the file.</summary>
    /// <param name="path">The file at fault.</param>
    /// <param name="fault">What is wrong with it, and what would be right.</param>
    /// <param name="cause">What the file system said, if it was asked.</param>
    public InvalidDatasetException(string path, string fault, Exception? cause = null)
        : base($"{path}: {fault}", cause)
    {
        Path = path;
    }

    /// <summary>The file at fault.</summary>
    public string Path { get; }
}
