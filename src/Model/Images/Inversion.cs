namespace RnnService.Model.Images;

/// <summary>Whether black and white change places, since networks learn light ink on a dark ground.</summary>
public enum Inversion
{
    /// <summary>When the border is light, as on paper.</summary>
    Auto,

    /// <summary>Always.</summary>
    Always,

    /// <summary>Never.</summary>
    Never,
}
