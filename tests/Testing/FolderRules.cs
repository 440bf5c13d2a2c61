namespace RnnService.Testing;

/// <summary>
/// Checks sources against a dependency table. A folder uses another if one of its files refers to a type in it, either by a using and the type's name or by a
/// qualified name.
/// </summary>
public sealed class FolderRules
{
    private const int MaxLines = 200;

    private readonly Dictionary<string, FolderRow> rows;
    private readonly SourceFile[] files;

    /// <param name="table">The dependency table.</param>
    /// <param name="sources">The C# sources by path, relative to the root.</param>
    public FolderRules(IReadOnlyList<FolderRow> table, IReadOnlyDictionary<string, string> sources)
    {
        rows = table.ToDictionary(row => row.Folder);
        files = [.. sources.OrderBy(source => source.Key, StringComparer.Ordinal).Select(source => new SourceFile(source.Key, source.Value))];
    }

    /// <summary>Reads all C# files in a folder of the repository and its subfolders, except generated files.</summary>
    /// <param name="root">The folder, such as <c>src/Api</c>.</param>
    /// <returns>The sources by path, relative to the root.</returns>
    public static Dictionary<string, string> ReadSources(string root)
    {
        string directory = Path.Combine(Repository.Root, root);
        return Directory.EnumerateFiles(directory, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(directory, file).Replace('\\', '/'))
            .Where(path => path.Split('/')[0] is not ("obj" or "bin"))
            .ToDictionary(path => path, path => File.ReadAllText(Path.Combine(directory, path)));
    }

    /// <summary>Returns a message for each violation of the table.</summary>
    public IReadOnlyList<string> FindViolations()
    {
        IReadOnlyList<FolderUse> uses = FindUses();
        return
        [
            .. files.Select(file => file.Folder).Distinct().Where(folder => !rows.ContainsKey(folder)).Select(folder => $"{folder} is not in the dependency table"),
            .. rows.Keys.Where(folder => files.All(file => file.Folder != folder)).Select(folder => $"{folder} is in the dependency table, but has no files"),
            .. files.Where(file => file.Lines > MaxLines).Select(file => $"{file.Path} has {file.Lines} lines, more than {MaxLines}"),
            .. uses.Where(use => !IsAllowed(use)).Select(Describe),
            .. FindCycles(uses),
        ];
    }

    /// <summary>Finds all uses of a type by a type in another folder.</summary>
    public IReadOnlyList<FolderUse> FindUses()
    {
        ILookup<(string Namespace, string Name), SourceFile> declarations = files
            .SelectMany(file => file.Declared.Select(name => (Key: (file.Namespace, name), File: file)))
            .ToLookup(declaration => declaration.Key, declaration => declaration.File);
        return
        [
            .. files.SelectMany(file => NamesIn(file)
                .SelectMany(name => declarations[name].Select(declaring => new FolderUse(file.Folder, file.Type, declaring.Folder, name.Name)))
                .Where(use => use.From != use.To)
                .Distinct()),
        ];
    }

    /// <summary>All types that the names in a file could refer to.</summary>
    private static IEnumerable<(string Namespace, string Name)> NamesIn(SourceFile file)
    {
        foreach (string word in file.Words)
        {
            foreach (string opened in file.Opened)
            {
                yield return (opened, word);
            }
        }

        foreach (string[] parts in file.QualifiedNames.Select(name => name.Split('.')))
        {
            for (int length = 1; length < parts.Length; length++)
            {
                string prefix = string.Join('.', parts[..length]);
                foreach (string enclosing in SourceFile.Enclosing(file.Namespace))
                {
                    yield return (enclosing.Length == 0 ? prefix : $"{enclosing}.{prefix}", parts[length]);
                }
            }
        }
    }

    /// <summary>A folder and its subfolder can be on the same level; cycles between them are found by <see cref="FindCycles"/>.</summary>
    private bool IsAllowed(FolderUse use) =>
        !rows.TryGetValue(use.From, out FolderRow? from)
        || !rows.TryGetValue(use.To, out FolderRow? to)
        || to.Level < from.Level
        || (to.Level == from.Level && (IsInside(use.From, use.To) || IsInside(use.To, use.From)));

    private static bool IsInside(string inner, string outer) => outer == "." || inner.StartsWith($"{outer}/", StringComparison.Ordinal);

    private string Describe(FolderUse use) => $"{use}: {use.To} is on level {rows[use.To].Level}, {use.From} on level {rows[use.From].Level}";

    /// <summary>Repeatedly removes uses from folders that nothing uses, and of folders that use nothing. What remains is part of a cycle or connects two cycles.</summary>
    private static IEnumerable<string> FindCycles(IReadOnlyList<FolderUse> uses)
    {
        for (int before = int.MaxValue; uses.Count < before;)
        {
            before = uses.Count;
            HashSet<string> users = [.. uses.Select(use => use.From)];
            HashSet<string> used = [.. uses.Select(use => use.To)];
            uses = [.. uses.Where(use => users.Contains(use.To) && used.Contains(use.From))];
        }

        return uses.GroupBy(use => (use.From, use.To)).Select(edge => $"{edge.First()}: {edge.Key.From} is part of a dependency cycle");
    }
}
