using RnnService.Model.Architecture;
using RnnService.Model.Kernels.Products;

namespace RnnService.Model.Kernels.Layers;

/// <summary>
/// The weights of one layer in one direction, packed for matrix products: once for the forward pass, and once transposed for the backward pass. They are packed
/// once per batch and used by all time steps.
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

    /// <summary>The matrix from states to pre-activations, without its first rows.</summary>
    public Panels Forward(int firstState) => new(forward.Data + (firstState * panelColumns), (nint)shape.StateSize * panelColumns, panelColumns);

    /// <summary>The matrix from gradients of pre-activations to gradients of states.</summary>
    public Panels Backward => new(backward.Data, (nint)shape.GateColumns * panelColumns, panelColumns);

    /// <summary>Packs the weights of a range of pre-activations, which consists of whole panels.</summary>
    public void Pack(LayerWeights weights, int firstGate, int count)
    {
        for (int gate = firstGate; gate < firstGate + count; gate += panelColumns)
        {
            GateBlock block = shape.Blocks[gate / shape.Units];
            int unit = gate % shape.Units;
            int units = Math.Min(panelColumns, shape.HiddenSize - unit);
            long row = ((long)block.Gate * shape.HiddenSize) + unit;
            if (block.SeesHidden)
            {
                Pack(weights.Hidden + (row * shape.HiddenSize), units, shape.HiddenSize, gate, 0);
            }

            if (block.SeesInput)
            {
                Pack(weights.Input + (row * shape.InputSize), units, shape.InputSize, gate, shape.Units);
            }

            float* bias = ForwardRow(gate, shape.BiasColumn);
            for (int i = 0; i < units; i++)
            {
                bias[i] = (block.SeesHidden ? weights.HiddenBias[row + i] : 0) + (block.SeesInput ? weights.InputBias[row + i] : 0);
            }
        }
    }

    public void Dispose()
    {
        forward.Dispose();
        backward.Dispose();
    }

    /// <summary>Packs the weights [units, columns] of one panel.</summary>
    private void Pack(float* source, int units, int columns, int gate, int firstState)
    {
        for (int column = 0; column < columns; column++)
        {
            float* target = ForwardRow(gate, firstState + column);
            for (int unit = 0; unit < units; unit++)
            {
                target[unit] = source[((long)unit * columns) + column];
            }
        }

        for (int unit = 0; unit < units; unit++)
        {
            for (int column = 0; column < columns;)
            {
                int state = firstState + column;
                int run = Math.Min(columns - column, panelColumns - (state % panelColumns));
                float* target = backward.Data + ((((long)(state / panelColumns) * shape.GateColumns) + gate + unit) * panelColumns) + (state % panelColumns);
                new ReadOnlySpan<float>(source + ((long)unit * columns) + column, run).CopyTo(new Span<float>(target, run));
                column += run;
            }
        }
    }

    /// <summary>The row for one element of the state, in the panel that starts with a pre-activation.</summary>
    private float* ForwardRow(int gate, int state) => forward.Data + ((((long)(gate / panelColumns) * shape.StateSize) + state) * panelColumns);
}
