using RnnService.Model.Kernels.Cells;
using RnnService.Model.Kernels.Products;

namespace RnnService.Model.Kernels.Layers;

/// <summary>The kernel of one kind of cell, for one number of lanes.</summary>
/// <typeparam name="TCell">The cell.</typeparam>
/// <typeparam name="T">The lanes.</typeparam>
internal sealed unsafe class CellKernel<TCell, T>() : RecurrentKernel(TCell.Description, MatrixProduct<T>.PanelColumns)
    where TCell : IRecurrentCell
    where T : struct, ILanes<T>
{
    // Number of steps that each product accumulates into the gradients of the weights, small enough for its operands to stay in the cache.
    private const int StepsPerProduct = 128;

    public override void LoadInput(RecurrentLayer layer, LayerMemory memory, Sequence input, int step, int firstImage, int count)
    {
        LayerShape shape = layer.Shape;
        for (int image = firstImage; image < firstImage + count; image++)
        {
            CellStep cellStep = memory.Step(step, image);
            if (step == 0)
            {
                new Span<float>(cellStep.Hidden, shape.Units).Clear();
                new Span<float>(cellStep.Cell, shape.Units).Clear();
            }

            input.CopyTo(layer.TimeOf(step, memory.Steps), image, new Span<float>(cellStep.Hidden + shape.Units, shape.InputSize));
        }
    }

    public override void Step(RecurrentLayer layer, LayerMemory memory, LayerOutput output, int step, int firstImage, int count, int firstUnit, int units)
    {
        LayerShape shape = layer.Shape;

        // The hidden state before the first step is zero, so its product is skipped.
        int from = step == 0 ? shape.Units : 0;
        for (int gate = firstUnit; gate < shape.GateColumns; gate += shape.Units)
        {
            MatrixProduct<T>.Multiply(
                count, units, shape.StateSize - from,
                new Strided(memory.State(step, firstImage) + from, shape.StateStride, 1), layer.Packed.Forward(from).From(gate / PanelColumns),
                memory.Gates(step, firstImage) + gate, shape.GateStride, accumulate: false);
        }

        int time = layer.TimeOf(step, memory.Steps);
        for (int image = firstImage; image < firstImage + count; image++)
        {
            CellStep cellStep = memory.Step(step, image);
            TCell.Forward<T>(cellStep, shape.Units, firstUnit, units);
            output.Write(cellStep.NextHidden, firstUnit, Math.Min(units, shape.HiddenSize - firstUnit), time, image, isLast: step == memory.Steps - 1);
        }
    }

    public override void Backward(RecurrentLayer layer, LayerMemory memory, LayerOutput outputGradient, Sequence inputGradient, int firstImage, int count)
    {
        LayerShape shape = layer.Shape;
        int columns = inputGradient.IsEmpty ? shape.Units : shape.StateColumns;
        new Span<float>(memory.StateGradient(firstImage), count * shape.StateStride).Clear();
        new Span<float>(memory.CellGradient(firstImage), count * shape.Units).Clear();

        for (int step = memory.Steps - 1; step >= 0; step--)
        {
            int time = layer.TimeOf(step, memory.Steps);
            for (int image = firstImage; image < firstImage + count; image++)
            {
                CellStep cellStep = memory.Step(step, image);
                outputGradient.AddGradient(cellStep.HiddenGradient, shape.HiddenSize, time, image, isLast: step == memory.Steps - 1);
                TCell.Backward<T>(cellStep, shape.Units);
                new Span<float>(cellStep.HiddenGradient + shape.Units, columns - shape.Units).Clear();
            }

            // The gradient of the initial hidden state is not needed.
            if (step > 0 || !inputGradient.IsEmpty)
            {
                MatrixProduct<T>.Multiply(
                    count, columns, shape.GateColumns,
                    new Strided(memory.Gates(step, firstImage), shape.GateStride, 1), layer.Packed.Backward,
                    memory.StateGradient(firstImage), shape.StateStride, accumulate: true);
            }

            for (int image = firstImage; !inputGradient.IsEmpty && image < firstImage + count; image++)
            {
                Add(memory.StateGradient(image) + shape.Units, inputGradient.At(time, image), shape.InputSize);
            }
        }
    }

    public override void AccumulateWeightGradients(RecurrentLayer layer, LayerMemory memory, int firstGate, int count)
    {
        LayerShape shape = layer.Shape;
        for (int row = 0; row < memory.TotalSteps; row += StepsPerProduct)
        {
            MatrixProduct<T>.Multiply(
                count, shape.StateColumns, Math.Min(StepsPerProduct, memory.TotalSteps - row),
                new Strided(memory.Gates(0, row) + firstGate, 1, shape.GateStride), new Panels(memory.State(0, row), PanelColumns, shape.StateStride),
                memory.WeightGradients + ((long)firstGate * shape.StateColumns), shape.StateColumns, accumulate: row > 0);
        }
    }

    private static void Add(float* source, float* target, int count)
    {
        for (int i = 0; i < count; i++)
        {
            target[i] += source[i];
        }
    }
}
