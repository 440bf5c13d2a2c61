using RnnService.Model.Architecture;
using RnnService.Model.Kernels.Products;
using RnnService.Model.Kernels.Threads;

namespace RnnService.Model.Kernels.Layers;

/// <summary>A linear layer with weights packed for one number of lanes.</summary>
/// <typeparam name="T">The lanes.</typeparam>
internal sealed unsafe class PackedLinearLayer<T> : LinearLayer
    where T : struct, ILanes<T>
{
    // Minimum number of multiply-adds to distribute among the cores. Fewer take less time than waking another thread.
    private const long MinParallelWork = 1 << 20;

    private readonly NativeFloats panels;
    private readonly NativeFloats bias;

    public PackedLinearLayer(LinearShape shape, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias)
        : base(shape, RoundUp(shape.Outputs))
    {
        panels = new NativeFloats((long)shape.Inputs * OutputStride);
        this.bias = new NativeFloats(OutputStride);
        bias.CopyTo(new Span<float>(this.bias.Data, shape.Outputs));
        for (int output = 0; output < shape.Outputs; output++)
        {
            float* column = panels.Data + ((long)(output / PanelColumns) * shape.Inputs * PanelColumns) + (output % PanelColumns);
            for (int input = 0; input < shape.Inputs; input++)
            {
                column[(long)input * PanelColumns] = weight[(output * shape.Inputs) + input];
            }
        }
    }

    private static int PanelColumns => MatrixProduct<T>.PanelColumns;

    public override void Forward(float* input, int inputStride, float* output, int count)
    {
        if ((long)count * Shape.Inputs * OutputStride < MinParallelWork)
        {
            Multiply(input, inputStride, output, count);
            return;
        }

        nint source = (nint)input, target = (nint)output;
        ParallelRanges.Run(count, Tile.Rows, (first, images) =>
            Multiply((float*)source + ((long)first * inputStride), inputStride, (float*)target + ((long)first * OutputStride), images));
    }

    public override void Dispose()
    {
        panels.Dispose();
        bias.Dispose();
    }

    private static int RoundUp(int columns) => (columns + PanelColumns - 1) / PanelColumns * PanelColumns;

    private void Multiply(float* input, int inputStride, float* output, int count)
    {
        ReadOnlySpan<float> biases = new(bias.Data, OutputStride);
        for (int image = 0; image < count; image++)
        {
            biases.CopyTo(new Span<float>(output + ((long)image * OutputStride), OutputStride));
        }

        MatrixProduct<T>.Multiply(
            count, OutputStride, Shape.Inputs,
            new Strided(input, inputStride, 1), new Panels(panels.Data, (nint)Shape.Inputs * PanelColumns, PanelColumns),
            output, OutputStride, accumulate: true);
    }
}
