namespace RnnService.Testing;

/// <summary>A row of a dependency table: a folder may use only folders on lower levels.</summary>
/// <param name="Level">The level; 0 is the lowest.</param>
/// <param name="Folder">The folder, relative to the root of the sources; "." is the root itself.</param>
/// <param name="Contents">A description of the folder, for readers of the table.</param>
public sealed record FolderRow(int Level, string Folder, string Contents);
