namespace RnnService.Model.Kernels.Cells;

/// <summary>Pointers to the values of one time step of one image. Each points to consecutive floats, one for each unit.</summary>
internal unsafe struct CellStep
{
    /// <summary>
    /// The pre-activations, as consecutive blocks of units. The forward pass overwrites them with the gates, and the backward pass with the gradients of the
    /// pre-activations.
    /// </summary>
    public float* Gates;

    /// <summary>The hidden state before the step.</summary>
    public float* Hidden;

    /// <summary>The hidden state after the step. May be the same memory as before.</summary>
    public float* NextHidden;

    /// <summary>The cell state before the step.</summary>
    public float* Cell;

    /// <summary>The cell state after the step. May be the same memory as before.</summary>
    public float* NextCell;

    /// <summary>
    /// The gradient of the hidden state after the step. The backward pass overwrites it with the part of the gradient before the step that bypasses the gates.
    /// </summary>
    public float* HiddenGradient;

    /// <summary>The gradient of the cell state after the step. The backward pass overwrites it with the gradient before the step.</summary>
    public float* CellGradient;
}
