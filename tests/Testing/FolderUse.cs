namespace RnnService.Testing;

/// <summary>A use of a type by a type in another folder.</summary>
/// <param name="From">The folder of the using type.</param>
/// <param name="FromType">The using type.</param>
/// <param name="To">The folder of the used type.</param>
/// <param name="ToType">The used type.</param>
public sealed record FolderUse(string From, string FromType, string To, string ToType)
{
    public override string ToString() => $"{From}/{FromType} uses {To}/{ToType}";
}
