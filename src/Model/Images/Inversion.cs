namespace RnnService.Model.Images;

/// <summary>Whether to invert an image. Networks are trained on light ink on a dark background.</summary>
public enum Inversion
{
    /// <summary>Invert images with a light border, such as ink on paper.</summary>
    Auto,

    /// <summary>Invert all images.</summary>
    Always,

    /// <summary>Invert no images.</summary>
    Never,
}
