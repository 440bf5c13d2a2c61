using RnnService.Model.Architecture;
using RnnService.Model.Kernels.Cells;
using RnnService.Model.Kernels.Products;

namespace RnnService.Model.Kernels.Layers;

/// <summary>
/// Computes one layer in one direction for a part of a batch's images. Images are independent, so cores share them, and
/// results do not depend on how they are shared.
/// </summary>
/// <param name="cell">The kind of cell.</param>
/// <param name="panelColumns">Columns of a panel of packed weights.</param>
internal abstract class RecurrentKernel(CellDescription cell, int panelColumns)
{
    /// <summary>The kind of cell.</summary>
    public CellDescription Cell { get; } = cell;

    /// <summary>Columns of a panel of packed weights.</summary>
    public int PanelColumns { get; } = panelColumns;

    /// <summary>The kernel for a kind of cell, with the widest vectors of this processor.</summary>
    public static RecurrentKernel For(CellDescription cell) => WidestLanes.Create(new Factory(cell));

    /// <summary>The kernel for a kind of cell, with a choice of lanes.</summary>
    /// <typeparam name="T">The lanes.</typeparam>
    public static RecurrentKernel For<T>(CellDescription cell)
        where T : struct, ILanes<T> =>
            cell == LstmCell.Description ? new CellKernel<LstmCell, T>()
            : cell == GruCell.Description ? new CellKernel<GruCell, T>()
            : cell == TanhCell.Description ? new CellKernel<TanhCell, T>()
            : throw new ArgumentOutOfRangeException(nameof(cell), cell.Module, "There is no kernel for this cell.");

    /// <summary>The forward pass of some images, beginning at a time step.</summary>
    public void Forward(RecurrentLayer layer, LayerMemory memory, Sequence input, LayerOutput output, int firstStep, int firstImage, int count)
    {
        for (int step = firstStep; step < memory.Steps; step++)
        {
            Begin(layer, memory, input, step, firstImage, count);
            Step(layer, memory, output, step, firstImage, count, firstUnit: 0, layer.Shape.Units);
        }
    }

    /// <summary>Copies the input of a time step of some images to where the step reads it.</summary>
    public abstract void Begin(RecurrentLayer layer, LayerMemory memory, Sequence input, int step, int firstImage, int count);

    /// <summary>One time step of some images, for some of the units: whole panels of them. All units of the previous step must be complete, and <see cref="Begin"/> called.</summary>
    public abstract void Step(RecurrentLayer layer, LayerMemory memory, LayerOutput output, int step, int firstImage, int count, int firstUnit, int units);

    /// <summary>The backward pass of some images: from gradients of the output to gradients of the pre-activations, and of the input unless that is empty.</summary>
    public abstract void Backward(RecurrentLayer layer, LayerMemory memory, LayerOutput outputGradient, Sequence inputGradient, int firstImage, int count);

    /// <summary>The gradients of some gates' weights, over all steps of all images.</summary>
    public abstract void AccumulateWeightGradients(RecurrentLayer layer, LayerMemory memory, int firstGate, int count);

    private sealed class Factory(CellDescription cell) : ILaneFactory<RecurrentKernel>
    {
        public RecurrentKernel Create<T>()
            where T : struct, ILanes<T> => For<T>(cell);
    }
}
