using RnnService.Model.Architecture;
using RnnService.Model.Kernels.Cells;
using RnnService.Model.Kernels.Products;

namespace RnnService.Model.Kernels.Layers;

/// <summary>
/// Computes one layer in one direction for a range of a batch's images. Images are independent, so they can be distributed among the cores, and results do not depend
/// on the distribution.
/// </summary>
/// <param name="cell">The kind of cell.</param>
/// <param name="panelColumns">Number of columns of a panel of packed weights.</param>
internal abstract class RecurrentKernel(CellDescription cell, int panelColumns)
{
    /// <summary>The kind of cell.</summary>
    public CellDescription Cell { get; } = cell;

    /// <summary>Number of columns of a panel of packed weights.</summary>
    public int PanelColumns { get; } = panelColumns;

    /// <summary>Returns the kernel for a kind of cell, with the widest vectors that the processor supports.</summary>
    public static RecurrentKernel For(CellDescription cell) => WidestLanes.Create(new Factory(cell));

    /// <summary>Returns the kernel for a kind of cell, with a given number of lanes.</summary>
    /// <typeparam name="T">The lanes.</typeparam>
    public static RecurrentKernel For<T>(CellDescription cell)
        where T : struct, ILanes<T> =>
            cell == LstmCell.Description ? new CellKernel<LstmCell, T>()
            : cell == GruCell.Description ? new CellKernel<GruCell, T>()
            : cell == TanhCell.Description ? new CellKernel<TanhCell, T>()
            : throw new ArgumentOutOfRangeException(nameof(cell), cell.Module, "There is no kernel for this cell.");

    /// <summary>Computes the forward pass of a range of images, starting at a time step.</summary>
    public void Forward(RecurrentLayer layer, LayerMemory memory, Sequence input, LayerOutput output, int firstStep, int firstImage, int count)
    {
        for (int step = firstStep; step < memory.Steps; step++)
        {
            LoadInput(layer, memory, input, step, firstImage, count);
            Step(layer, memory, output, step, firstImage, count, firstUnit: 0, layer.Shape.Units);
        }
    }

    /// <summary>Copies the input of a time step to the state, for a range of images. Before the first step, it also clears the hidden state.</summary>
    public abstract void LoadInput(RecurrentLayer layer, LayerMemory memory, Sequence input, int step, int firstImage, int count);

    /// <summary>
    /// Computes one time step for a range of images and a range of units, which consists of whole panels. All units of the previous step must be complete, and the
    /// input loaded.
    /// </summary>
    public abstract void Step(RecurrentLayer layer, LayerMemory memory, LayerOutput output, int step, int firstImage, int count, int firstUnit, int units);

    /// <summary>
    /// Computes the backward pass of a range of images: from gradients of the output to gradients of the pre-activations, and of the input unless that is empty.
    /// </summary>
    public abstract void Backward(RecurrentLayer layer, LayerMemory memory, LayerOutput outputGradient, Sequence inputGradient, int firstImage, int count);

    /// <summary>Computes the gradients of the weights of a range of pre-activations, summed over all steps of all images.</summary>
    public abstract void AccumulateWeightGradients(RecurrentLayer layer, LayerMemory memory, int firstGate, int count);

    private sealed class Factory(CellDescription cell) : ILaneFactory<RecurrentKernel>
    {
        public RecurrentKernel Create<T>()
            where T : struct, ILanes<T> => For<T>(cell);
    }
}
