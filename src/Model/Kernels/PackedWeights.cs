namespace RnnService.Model.Kernels;

/// <summary>
/// The weights of one layer in one direction, laid out for the products: once for the steps, and once transposed for the steps back. They are packed
/// once for all steps of a batch.
/// </summary>
internal sealed unsafe class PackedWeights : IDisposable
{
    private readonly LayerShape shape;
    private readonly int panelColumns;
    private readonly NativeFloats forward;
    private readonly NativeFloats backward;

    public PackedWeights(LayerShape shape, int panelColumns)
    {
        this.shape = shape;
        this.panelColumns = panelColumns;
        forward = new NativeFloats((long)shape.StateSize * shape.GateColumns);
        backward = new NativeFloats((long)shape.GateColumns * shape.StateColumns);
    }

    /// <summary>From states to sums, without the first numbers of a state.</summary>
    public Panels Forward(int from) => new(forward.Data + (from * panelColumns), (nint)shape.StateSize * panelColumns, panelColumns);

    /// <summary>From gradients of sums to gradients of states.</summary>
    public Panels Backward => new(backward.Data, (nint)shape.GateColumns * panelColumns, panelColumns);

    /// <summary>Packs the weights of some sums, for the steps and the steps back.</summary>
    public void Pack(LayerWeights weights, int firstUnit, int count)
    {
        for (int block = 0; block < shape.Blocks.Count; block++)
        {
            GateBlock gates = shape.Blocks[block];
            for (int unit = firstUnit; unit < firstUnit + count; unit++)
            {
                long source = ((long)gates.Gate * shape.HiddenSize) + unit;
                int column = (block * shape.Units) + unit;
                float bias = 0;
                if (gates.SeesHidden)
                {
                    Pack(weights.Hidden + (source * shape.HiddenSize), shape.HiddenSize, column, 0);
                    bias += weights.HiddenBias[source];
                }

                if (gates.SeesInput)
                {
                    Pack(weights.Input + (source * shape.InputSize), shape.InputSize, column, shape.Units);
                    bias += weights.InputBias[source];
                }

                *ForwardPlace(shape.BiasColumn, column) = bias;
            }
        }
    }

    public void Dispose()
    {
        forward.Dispose();
        backward.Dispose();
    }

    private void Pack(float* source, int count, int column, int firstRow)
    {
        float* target = ForwardPlace(firstRow, column);
        for (int i = 0; i < count; i++)
        {
            target[(long)i * panelColumns] = source[i];
        }

        for (int i = 0; i < count;)
        {
            int row = firstRow + i;
            int run = Math.Min(count - i, panelColumns - (row % panelColumns));
            float* place = backward.Data + ((((long)(row / panelColumns) * shape.GateColumns) + column) * panelColumns) + (row % panelColumns);
            new ReadOnlySpan<float>(source + i, run).CopyTo(new Span<float>(place, run));
            i += run;
        }
    }

    private float* ForwardPlace(int row, int column) =>
        forward.Data + ((((long)(column / panelColumns) * shape.StateSize) + row) * panelColumns) + (column % panelColumns);
}
