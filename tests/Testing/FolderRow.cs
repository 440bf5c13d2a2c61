namespace RnnService.Testing;

/// <summary>A row of a table of floors: a folder may use only folders on lower floors.</summary>
/// <param name="Floor">The floor; 0 is the lowest.</param>
/// <param name="Folder">The folder, relative to the root of the sources; "." is the root itself.</param>
/// <param name="Contents">What the folder contains, for readers of the table.</param>
public sealed record FolderRow(int Floor, string Folder, string Contents);
