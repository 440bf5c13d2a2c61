using RnnService.Model.Architecture;

namespace RnnService.Model.Kernels.Layers;

/// <summary>
/// The sizes and the memory layout of one layer in one direction. The state of a time step is one row: the hidden state, the input, and a constant 1 for the bias, so
/// that one product computes all pre-activations of a step, and another one all gradients of the weights. The number of units is rounded up to whole panels of the
/// widest lanes; the padding is zero and remains zero.
/// </summary>
/// <param name="InputSize">Number of inputs at each time step.</param>
/// <param name="HiddenSize">Units of the hidden state.</param>
/// <param name="Blocks">The pre-activations of a time step.</param>
internal sealed unsafe record LayerShape(int InputSize, int HiddenSize, IReadOnlyList<GateBlock> Blocks)
{
    /// <summary>Number of columns of a panel of the widest lanes.</summary>
    public const int WidestPanel = 32;

    // Keeps row strides from being powers of two, with which all rows would map to the same few cache sets.
    private const int StridePadding = 16;

    /// <summary>Number of units, rounded up to whole panels.</summary>
    public int Units { get; } = RoundUp(HiddenSize);

    /// <summary>Size of a state: hidden state, input and the constant 1.</summary>
    public int StateSize => Units + InputSize + 1;

    /// <summary>Index of the constant 1 in a state.</summary>
    public int BiasColumn => Units + InputSize;

    /// <summary>Size of a state, rounded up to whole panels.</summary>
    public int StateColumns => RoundUp(StateSize);

    /// <summary>Distance between two states, in floats.</summary>
    public int StateStride => StateColumns + StridePadding;

    /// <summary>Number of pre-activations of a time step.</summary>
    public int GateColumns => Blocks.Count * Units;

    /// <summary>Distance between the pre-activations of two steps, in floats.</summary>
    public int GateStride => GateColumns + StridePadding;

    /// <summary>Copies the gradients of a range of rows of the packed weights, [gates, state], to PyTorch's tensors.</summary>
    public void UnpackGradients(float* packed, LayerWeights target, int firstGate, int count)
    {
        for (int gate = firstGate; gate < firstGate + count; gate++)
        {
            GateBlock block = Blocks[gate / Units];
            int unit = gate % Units;
            if (unit >= HiddenSize)
            {
                continue;
            }

            float* source = packed + ((long)gate * StateColumns);
            long row = ((long)block.Gate * HiddenSize) + unit;
            if (block.SeesHidden)
            {
                new ReadOnlySpan<float>(source, HiddenSize).CopyTo(new Span<float>(target.Hidden + (row * HiddenSize), HiddenSize));
                target.HiddenBias[row] = source[BiasColumn];
            }

            if (block.SeesInput)
            {
                new ReadOnlySpan<float>(source + Units, InputSize).CopyTo(new Span<float>(target.Input + (row * InputSize), InputSize));
                target.InputBias[row] = source[BiasColumn];
            }
        }
    }

    private static int RoundUp(int size) => (size + WidestPanel - 1) / WidestPanel * WidestPanel;
}
