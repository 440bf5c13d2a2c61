using RnnService.Model.Kernels.Layers;
using RnnService.Model.Kernels.Products;

namespace RnnService.Model.Tests.Kernels.Products;

public class MatrixProductTests
{
    // Columns of the widest panel; narrow panels have a quarter of that or less.
    private const int Widest = LayerShape.WidestPanel;

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Every_element_is_one_chain_of_fused_multiply_adds_for_any_shape_and_number_of_lanes(bool transposed, bool accumulate)
    {
        foreach (int rows in Enumerable.Range(1, 15))
        {
            foreach (int panels in new[] { 1, 2, 3, 5 })
            {
                float[] expected = Expected(rows, panels * Widest, depth: 37, accumulate);

                Assert.Equal(expected, Calculate<ScalarLane>(rows, panels * Widest, 37, transposed, accumulate));
                Assert.Equal(expected, Calculate<Lanes128>(rows, panels * Widest, 37, transposed, accumulate));
                Assert.Equal(expected, Calculate<Lanes256>(rows, panels * Widest, 37, transposed, accumulate));
                Assert.Equal(expected, Calculate<Lanes512>(rows, panels * Widest, 37, transposed, accumulate));
            }
        }
    }

    [Fact]
    public void An_odd_number_of_narrow_panels_is_calculated_completely()
    {
        foreach (int rows in Enumerable.Range(1, 8))
        {
            for (int columns = 8; columns <= 7 * 8; columns += 8)
            {
                Assert.Equal(Expected(rows, columns, depth: 5, accumulate: false), Calculate<Lanes128>(rows, columns, 5, transposed: false, accumulate: false));
            }
        }
    }

    private static float A(int row, int k) => ((((row * 31) + (k * 17)) % 23) - 11) / 7f;

    private static float B(int k, int column) => ((((k * 13) + (column * 29)) % 19) - 9) / 5f;

    private static float C(int row, int column) => (row - column) / 3f;

    private static float[] Expected(int rows, int columns, int depth, bool accumulate)
    {
        float[] c = new float[rows * columns];
        for (int i = 0; i < c.Length; i++)
        {
            (int row, int column) = Math.DivRem(i, columns);
            c[i] = accumulate ? C(row, column) : 0;
            for (int k = 0; k < depth; k++)
            {
                c[i] = MathF.FusedMultiplyAdd(A(row, k), B(k, column), c[i]);
            }
        }

        return c;
    }

    /// <summary>Calculates the product in memory with a gap after every row of C, which must stay unchanged.</summary>
    private static unsafe float[] Calculate<T>(int rows, int columns, int depth, bool transposed, bool accumulate)
        where T : struct, ILanes<T>
    {
        const int gap = 16;
        const float untouched = 12345;
        int panelColumns = MatrixProduct<T>.PanelColumns;
        int cRow = columns + gap;
        Strided strides = transposed ? new Strided(null, 1, rows) : new Strided(null, depth, 1);
        using NativeFloats a = new(rows * depth);
        using NativeFloats b = new(depth * columns);
        using NativeFloats c = new(rows * cRow);
        for (int k = 0; k < depth; k++)
        {
            for (int row = 0; row < rows; row++)
            {
                a.Data[(row * strides.RowStride) + (k * strides.ColumnStride)] = A(row, k);
            }

            for (int column = 0; column < columns; column++)
            {
                b.Data[(((column / panelColumns * depth) + k) * panelColumns) + (column % panelColumns)] = B(k, column);
            }
        }

        for (int i = 0; i < rows * cRow; i++)
        {
            (int row, int column) = Math.DivRem(i, cRow);
            c.Data[i] = column < columns ? C(row, column) : untouched;
        }

        MatrixProduct<T>.Multiply(
            rows, columns, depth, new Strided(a.Data, strides.RowStride, strides.ColumnStride),
            new Panels(b.Data, (nint)depth * panelColumns, panelColumns), c.Data, cRow, accumulate);

        float[] all = new ReadOnlySpan<float>(c.Data, rows * cRow).ToArray();
        Assert.All(all.Chunk(cRow), row => Assert.All(row[columns..], number => Assert.Equal(untouched, number)));
        return [.. all.Chunk(cRow).SelectMany(row => row[..columns])];
    }
}
