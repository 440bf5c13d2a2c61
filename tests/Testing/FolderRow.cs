namespace RnnService.Testing;

/// <summary>A row of a dependency table: a folder may use only folders on lower floors.</summary>
/// <param name="Floor">The floor; 0 is the lowest.</param>
/// <param name="Folder">The folder, relative to the root of the sources; "." is the root itself.</param>
/// <param name="Contents">A description of the folder, for readers of the table.</param>
public sealed record FolderRow(int Floor, string Folder, string Contents);
