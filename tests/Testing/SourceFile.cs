using System.Text.RegularExpressions;

namespace RnnService.Testing;

/// <summary>The names that a C# file declares and uses.</summary>
public sealed partial class SourceFile
{
    public SourceFile(string path, string text)
    {
        string? directory = System.IO.Path.GetDirectoryName(path)?.Replace('\\', '/');
        Folder = string.IsNullOrEmpty(directory) ? "." : directory;
        Type = System.IO.Path.GetFileNameWithoutExtension(path);
        Path = path;
        Lines = text.Count(character => character == '\n');
        string code = CommentOrString().Replace(text, "\"\"");
        Namespace = NamespaceDeclaration().Match(code).Groups[1].Value;
        Opened = [.. Enclosing(Namespace), .. Using().Matches(code).Select(match => match.Groups[1].Value)];
        Declared = [.. TypeDeclaration().Matches(code).Select(match => match.Groups[1].Value), .. ExtensionMethod().Matches(code).Select(match => match.Groups[1].Value)];
        string body = Using().Replace(NamespaceDeclaration().Replace(code, ""), "");
        Words = [.. Word().Matches(body).Select(match => match.Value)];
        QualifiedNames = [.. QualifiedName().Matches(body).Select(match => match.Value)];
    }

    /// <summary>The path, relative to the root of the sources.</summary>
    public string Path { get; }

    public string Folder { get; }

    /// <summary>The name of the type in the file, which is the file name without its extension.</summary>
    public string Type { get; }

    public int Lines { get; }

    public string Namespace { get; }

    /// <summary>The namespaces whose types need no qualification: the file's own namespace, the namespaces that enclose it, and the usings.</summary>
    public HashSet<string> Opened { get; }

    /// <summary>The names of the types and extension methods that the file declares.</summary>
    public HashSet<string> Declared { get; }

    public HashSet<string> Words { get; }

    /// <summary>Names with dots, such as <c>Inference.Prediction</c>.</summary>
    public HashSet<string> QualifiedNames { get; }

    /// <summary>A namespace and the namespaces that enclose it, from the innermost to the global namespace.</summary>
    public static IEnumerable<string> Enclosing(string @namespace)
    {
        for (; @namespace.Length > 0; @namespace = @namespace[..Math.Max(0, @namespace.LastIndexOf('.'))])
        {
            yield return @namespace;
        }

        yield return "";
    }

    // Interpolated strings are removed too: the types of nearly all interpolated expressions are also named elsewhere in the file.
    [GeneratedRegex("""/\*.*?\*/|//[^\n]*|\$*"{3,}.*?"{3,}|@"(?:""|[^"])*"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])'""", RegexOptions.Singleline)]
    private static partial Regex CommentOrString();

    [GeneratedRegex(@"^\s*namespace\s+([\w.]+)\s*[;{]?", RegexOptions.Multiline)]
    private static partial Regex NamespaceDeclaration();

    [GeneratedRegex(@"^\s*(?:global\s+)?using\s+(?:static\s+)?([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"\b(?:class|record\s+struct|record|struct|interface|enum|delegate\s+\S+)\s+([A-Z]\w*)")]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"\bstatic\s[^;={}()]*?\b([A-Z]\w*)(?:<[^>()]*>)?\(this\s")]
    private static partial Regex ExtensionMethod();

    [GeneratedRegex(@"\b[A-Z]\w*\b")]
    private static partial Regex Word();

    [GeneratedRegex(@"\b[A-Z]\w*(?:\.[A-Z]\w*)+\b")]
    private static partial Regex QualifiedName();
}
