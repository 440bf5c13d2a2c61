namespace RnnService.Model.Images;

/// <summary>Whether to invert an image. Networks are trained on light ink on a dark background.</summary>
public enum Inversion
{
    /// <summary>Invert images whose ink is dark, such as ink on paper; an exact image if its border is light.</summary>
    Auto,

    /// <summary>Invert all images.</summary>
    Always,

    /// <summary>Invert no images.</summary>
    Never,
}
