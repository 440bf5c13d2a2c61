namespace RnnService.Model.Data;

/// <summary>How training images are changed at random, another way each epoch.</summary>
public enum Augmentation
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Moved by up to a pixel, up or down and left or right.</summary>
    Shift,

    /// <summary>Moved, turned, scaled, slanted, and bent elastically (Simard, Steinkraus and Platt, 2003).</summary>
    Distort,
}
