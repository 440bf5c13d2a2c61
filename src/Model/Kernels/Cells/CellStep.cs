namespace RnnService.Model.Kernels.Cells;

/// <summary>Where one step of one image stands in native memory. Every part has a float for each unit, neighbours in neighbouring places.</summary>
internal unsafe struct CellStep
{
    /// <summary>The gates' pre-activations, one block of units after the other; the forward pass puts the gates in their place, and the backward pass the pre-activations' gradients.</summary>
    public float* Gates;

    /// <summary>The hidden state before the step.</summary>
    public float* Hidden;

    /// <summary>The hidden state after it; may be the same place.</summary>
    public float* NextHidden;

    /// <summary>The cell state before the step.</summary>
    public float* Cell;

    /// <summary>The cell state after it; may be the same place.</summary>
    public float* NextCell;

    /// <summary>The gradient of the hidden state after the step, and in its place that part of the gradient before it which does not go through the gates.</summary>
    public float* HiddenGradient;

    /// <summary>The gradient of the cell state after the step, and in its place that before it.</summary>
    public float* CellGradient;
}
