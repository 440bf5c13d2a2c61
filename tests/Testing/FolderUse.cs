namespace RnnService.Testing;

/// <summary>A type that uses a type of another folder.</summary>
/// <param name="From">The folder that uses.</param>
/// <param name="FromType">The file's type in it.</param>
/// <param name="To">The folder that is used.</param>
/// <param name="ToType">The type in it.</param>
public sealed record FolderUse(string From, string FromType, string To, string ToType)
{
    public override string ToString() => $"{From}/{FromType} uses {To}/{ToType}";
}
