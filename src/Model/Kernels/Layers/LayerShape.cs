using RnnService.Model.Architecture;

namespace RnnService.Model.Kernels.Layers;

/// <summary>
/// The sizes of one layer in one direction, and how its numbers stand in native memory. A step's state is one row: the hidden state, the input, and a
/// one for the bias, so that a single product gives all of a step's pre-activations, and another one all gradients of the weights. Units are rounded up to
/// whole panels of the widest lanes; what is added is zero and stays zero.
/// </summary>
/// <param name="InputSize">Numbers that go in at each step.</param>
/// <param name="HiddenSize">Units of the hidden state.</param>
/// <param name="Blocks">The pre-activations of a step.</param>
internal sealed unsafe record LayerShape(int InputSize, int HiddenSize, IReadOnlyList<GateBlock> Blocks)
{
    /// <summary>Columns of a panel of the widest lanes.</summary>
    public const int WidestPanel = 32;

    // Rows are not a power of two apart: such rows would share the same few places of the cache.
    private const int Gap = 16;

    /// <summary>Units, rounded up.</summary>
    public int Units { get; } = RoundUp(HiddenSize);

    /// <summary>Numbers of a state: hidden state, input, one.</summary>
    public int StateSize => Units + InputSize + 1;

    /// <summary>Where in a state the one is.</summary>
    public int BiasColumn => Units + InputSize;

    /// <summary>Numbers of a state, rounded up.</summary>
    public int StateColumns => RoundUp(StateSize);

    /// <summary>From one state to the next.</summary>
    public int StateStride => StateColumns + Gap;

    /// <summary>Pre-activations of a step.</summary>
    public int GateColumns => Blocks.Count * Units;

    /// <summary>From one step's pre-activations to the next.</summary>
    public int GateStride => GateColumns + Gap;

    /// <summary>From the gradients of some gates' packed weights, [gates, state], to those of PyTorch's tensors.</summary>
    public void TakeGradients(float* packed, LayerWeights target, int firstGate, int count)
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
