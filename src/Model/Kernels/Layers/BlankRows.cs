using RnnService.Model.Kernels.Cells;
using RnnService.Model.Kernels.Products;

namespace RnnService.Model.Kernels.Layers;

/// <summary>
/// The states of all layers after blank rows. They are the same for every image, and most digits have blank rows at the top, so those steps are computed once for all
/// images. Only for layers that read forward: a reverse layer begins with the last row.
/// </summary>
internal sealed unsafe class BlankRows : IDisposable
{
    private readonly RecurrentLayers layers;
    private readonly int steps;
    private readonly NativeFloats hidden;
    private readonly NativeFloats cells;

    /// <summary>Computes the states.</summary>
    /// <param name="layers">The layers, with packed weights.</param>
    /// <param name="steps">Time steps of an image.</param>
    public BlankRows(RecurrentLayers layers, int steps)
    {
        this.layers = layers;
        this.steps = steps;
        long size = layers.Directions == 1 ? (long)layers.Count * steps * Units : 0;
        hidden = new NativeFloats(size);
        cells = new NativeFloats(size);
        if (layers.Directions == 1)
        {
            Compute();
        }
    }

    private int Units => layers.All[0].Shape.Units;

    /// <summary>Returns the number of leading rows that are blank in every image of a batch. Never all rows; zero if blank rows cannot be skipped.</summary>
    public int Count(Sequence images, int count)
    {
        int rows = 0;
        Span<float> row = stackalloc float[layers.All[0].Shape.InputSize];
        while (layers.Directions == 1 && rows < steps - 1 && IsBlank(images, rows, count, row))
        {
            rows++;
        }

        return rows;
    }

    /// <summary>Sets the states of a layer to those after a number of blank rows, for each image of a batch.</summary>
    public void Restore(int layer, int rows, LayerMemory memory, int count)
    {
        for (int image = 0; rows > 0 && image < count; image++)
        {
            CellStep cellStep = memory.Step(rows, image);
            Copy(hidden.Data + Offset(layer, rows), cellStep.Hidden);
            Copy(cells.Data + Offset(layer, rows), cellStep.Cell);
        }
    }

    public void Dispose()
    {
        hidden.Dispose();
        cells.Dispose();
    }

    private void Compute()
    {
        using NativeFloats blank = new((long)steps * layers.All[0].Shape.InputSize);
        using NativeFloats features = new(layers.HiddenSize);
        using RecurrentBatch batch = new(layers, images: 1, steps, keepsAllSteps: true);
        batch.Forward(1, new Sequence(blank.Data, layers.All[0].Shape.InputSize, 0), new RecurrentFeatures(features.Data, layers.HiddenSize), default);
        for (int layer = 0; layer < layers.Count; layer++)
        {
            for (int step = 0; step < steps; step++)
            {
                CellStep cellStep = batch.Memory(layer).Step(step, image: 0);
                Copy(cellStep.Hidden, hidden.Data + Offset(layer, step));
                Copy(cellStep.Cell, cells.Data + Offset(layer, step));
            }
        }
    }

    private static bool IsBlank(Sequence images, int time, int count, Span<float> row)
    {
        for (int image = 0; image < count; image++)
        {
            images.CopyTo(time, image, row);
            if (row.ContainsAnyExcept(0f))
            {
                return false;
            }
        }

        return true;
    }

    private long Offset(int layer, int step) => (((long)layer * steps) + step) * Units;

    private void Copy(float* source, float* target) => new ReadOnlySpan<float>(source, Units).CopyTo(new Span<float>(target, Units));
}
