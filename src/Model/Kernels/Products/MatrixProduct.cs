using System.Runtime.CompilerServices;

namespace RnnService.Model.Kernels.Products;

/// <summary>
/// Matrix product of all layers: C = A · B, or C += A · B. A and C are strided; B is packed in panels that are two vectors wide, so that a panel stays in the L1
/// cache while it is multiplied by all rows of A. Each element of C is accumulated by fused multiply-adds in the order of A's columns, so results are bit-identical
/// for any number of lanes, rows or cores.
/// Source: Goto and van de Geijn, "Anatomy of high-performance matrix multiplication", 2008.
/// </summary>
/// <typeparam name="T">The lanes.</typeparam>
internal static unsafe class MatrixProduct<T>
    where T : struct, ILanes<T>
{
    /// <summary>Number of columns of a panel.</summary>
    public static int PanelColumns => 2 * T.Count;

    /// <summary>Multiplies A [rows, depth] by B [depth, columns] to C [rows, columns].</summary>
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="columns">Columns of B and C, a multiple of <see cref="PanelColumns"/>.</param>
    /// <param name="depth">Columns of A and rows of B.</param>
    /// <param name="a">A, with any strides.</param>
    /// <param name="b">B, in panels.</param>
    /// <param name="c">C, with contiguous columns.</param>
    /// <param name="cRowStride">Distance between rows of C, in floats.</param>
    /// <param name="accumulate">Whether to add the product to C instead of overwriting it.</param>
    public static void Multiply(int rows, int columns, int depth, Strided a, Panels b, float* c, nint cRowStride, bool accumulate)
    {
        // A tile of one or two remaining rows would take as long as a full tile, so they have their own method.
        int remaining = rows % Tile.Rows;
        int pair = remaining <= 2 ? remaining : 0;
        for (int column = 0; column < columns; column += PanelColumns)
        {
            Panels panel = b.From(column / PanelColumns);
            for (int row = 0; row < rows - pair; row += Tile.Rows)
            {
                MultiplyTile(
                    Math.Min(Tile.Rows, rows - row), depth, a.Data + (row * a.RowStride), a.RowStride, a.ColumnStride,
                    panel.Data, panel.RowStride, c + (row * cRowStride) + column, cRowStride, accumulate);
            }
        }

        for (int column = 0; pair > 0 && column < columns; column += 2 * PanelColumns)
        {
            Panels panel = b.From(column / PanelColumns);
            MultiplyPair(
                pair, depth, a.Data + ((rows - pair) * a.RowStride), a.RowStride, a.ColumnStride,
                panel.Data, column + PanelColumns < columns ? panel.PanelStride : 0, panel.RowStride, c + ((rows - pair) * cRowStride) + column, cRowStride, accumulate);
        }
    }

    /// <summary>Multiplies up to six rows by one panel. With fewer rows, the last one is computed repeatedly, with identical results.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyTile(int rows, nint depth, float* a, nint aRow, nint aColumn, float* b, nint bRow, float* c, nint cRow, bool accumulate)
    {
        nint r1 = Math.Min(1, rows - 1), r2 = Math.Min(2, rows - 1), r3 = Math.Min(3, rows - 1), r4 = Math.Min(4, rows - 1), r5 = rows - 1;
        float* a1 = a + (r1 * aRow), a2 = a + (r2 * aRow), a3 = a + (r3 * aRow), a4 = a + (r4 * aRow), a5 = a + (r5 * aRow);
        float* c1 = c + (r1 * cRow), c2 = c + (r2 * cRow), c3 = c + (r3 * cRow), c4 = c + (r4 * cRow), c5 = c + (r5 * cRow);
        T sum00 = default, sum01 = default, sum10 = default, sum11 = default, sum20 = default, sum21 = default;
        T sum30 = default, sum31 = default, sum40 = default, sum41 = default, sum50 = default, sum51 = default;

        if (accumulate)
        {
            (sum00, sum01) = (T.Load(c), T.Load(c + T.Count));
            (sum10, sum11) = (T.Load(c1), T.Load(c1 + T.Count));
            (sum20, sum21) = (T.Load(c2), T.Load(c2 + T.Count));
            (sum30, sum31) = (T.Load(c3), T.Load(c3 + T.Count));
            (sum40, sum41) = (T.Load(c4), T.Load(c4 + T.Count));
            (sum50, sum51) = (T.Load(c5), T.Load(c5 + T.Count));
        }

        nint end = depth * aColumn;
        for (nint k = 0; k < end; k += aColumn)
        {
            T b0 = T.Load(b), b1 = T.Load(b + T.Count);
            T x = T.Create(a[k]);
            (sum00, sum01) = (T.MultiplyAdd(x, b0, sum00), T.MultiplyAdd(x, b1, sum01));
            x = T.Create(a1[k]);
            (sum10, sum11) = (T.MultiplyAdd(x, b0, sum10), T.MultiplyAdd(x, b1, sum11));
            x = T.Create(a2[k]);
            (sum20, sum21) = (T.MultiplyAdd(x, b0, sum20), T.MultiplyAdd(x, b1, sum21));
            x = T.Create(a3[k]);
            (sum30, sum31) = (T.MultiplyAdd(x, b0, sum30), T.MultiplyAdd(x, b1, sum31));
            x = T.Create(a4[k]);
            (sum40, sum41) = (T.MultiplyAdd(x, b0, sum40), T.MultiplyAdd(x, b1, sum41));
            x = T.Create(a5[k]);
            (sum50, sum51) = (T.MultiplyAdd(x, b0, sum50), T.MultiplyAdd(x, b1, sum51));
            b += bRow;
        }

        Store(sum00, sum01, c);
        Store(sum10, sum11, c1);
        Store(sum20, sum21, c2);
        Store(sum30, sum31, c3);
        Store(sum40, sum41, c4);
        Store(sum50, sum51, c5);
    }

    /// <summary>
    /// Multiplies one or two rows by two panels: enough independent sums to hide the latency of a multiply-add, at the bandwidth of the L2 cache. A single row or a
    /// single panel (a stride of zero) is computed twice, with identical results.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyPair(
        int rows, nint depth, float* a, nint aRow, nint aColumn, float* b, nint bPanel, nint bRow, float* c, nint cRow, bool accumulate)
    {
        nint right = bPanel == 0 ? 0 : PanelColumns;
        float* a1 = a + ((rows - 1) * aRow), c1 = c + ((rows - 1) * cRow);
        T sum00 = default, sum01 = default, sum02 = default, sum03 = default;
        T sum10 = default, sum11 = default, sum12 = default, sum13 = default;
        if (accumulate)
        {
            (sum00, sum01, sum02, sum03) = (T.Load(c), T.Load(c + T.Count), T.Load(c + right), T.Load(c + right + T.Count));
            (sum10, sum11, sum12, sum13) = (T.Load(c1), T.Load(c1 + T.Count), T.Load(c1 + right), T.Load(c1 + right + T.Count));
        }

        nint end = depth * aColumn;
        for (nint k = 0; k < end; k += aColumn)
        {
            T b0 = T.Load(b), b1 = T.Load(b + T.Count), b2 = T.Load(b + bPanel), b3 = T.Load(b + bPanel + T.Count);
            T x = T.Create(a[k]);
            (sum00, sum01, sum02, sum03) = (T.MultiplyAdd(x, b0, sum00), T.MultiplyAdd(x, b1, sum01), T.MultiplyAdd(x, b2, sum02), T.MultiplyAdd(x, b3, sum03));
            x = T.Create(a1[k]);
            (sum10, sum11, sum12, sum13) = (T.MultiplyAdd(x, b0, sum10), T.MultiplyAdd(x, b1, sum11), T.MultiplyAdd(x, b2, sum12), T.MultiplyAdd(x, b3, sum13));
            b += bRow;
        }

        Store(sum00, sum01, c);
        Store(sum02, sum03, c + right);
        Store(sum10, sum11, c1);
        Store(sum12, sum13, c1 + right);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(T left, T right, float* target)
    {
        left.Store(target);
        right.Store(target + T.Count);
    }
}
