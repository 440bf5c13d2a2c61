namespace RnnService.Api.Prediction;

/// <summary>Which images are normalized the way MNIST was made.</summary>
internal enum Fitting
{
    /// <summary>All except 28×28 PNGs, which are used unchanged.</summary>
    Auto,

    /// <summary>All.</summary>
    Always,

    /// <summary>None: other images than 28×28 PNGs are rejected.</summary>
    Never,
}
