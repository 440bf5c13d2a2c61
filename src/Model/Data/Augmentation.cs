namespace RnnService.Model.Data;

/// <summary>Random augmentation of the training images, different in each epoch.</summary>
public enum Augmentation
{
    /// <summary>No augmentation.</summary>
    None,

    /// <summary>Translation by up to one pixel, horizontally and vertically.</summary>
    Shift,

    /// <summary>Translation, rotation, scaling, shear and elastic distortion (Simard, Steinkraus and Platt, 2003).</summary>
    Distort,

    /// <summary>
    /// What people write and how it is scanned: other strokes, stroke widths, slants and proportions than MNIST's, low resolution, blur, and errors of the
    /// normalization. A quarter of the images are replaced by drawings of the same digit. For datasets of digits only.
    /// </summary>
    Handwriting,
}
