namespace RnnService.Model.Images;

/// <summary>Pieces of ink that are one digit.</summary>
internal sealed class DigitGroup(InkPiece piece)
{
    private readonly List<InkPiece> pieces = [piece];

    /// <summary>The pieces.</summary>
    public IReadOnlyList<InkPiece> Pieces => pieces;

    /// <summary>The bounding box of all pieces.</summary>
    public InkBox Box { get; private set; } = piece.Box;

    /// <summary>The amount of ink.</summary>
    public long Weight => pieces.Sum(each => each.Weight);

    /// <summary>Adds the pieces of another group.</summary>
    public void Add(DigitGroup other)
    {
        pieces.AddRange(other.pieces);
        Box = Box.Union(other.Box);
    }
}
