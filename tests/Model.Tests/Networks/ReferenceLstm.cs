namespace RnnService.Model.Tests.Networks;

/// <summary>A scalar reference implementation of an LSTM with forget gates, in double precision.</summary>
/// <param name="weights">The weights by PyTorch name.</param>
/// <param name="hidden">The size of the hidden state.</param>
internal sealed class ReferenceLstm(IReadOnlyDictionary<string, float[]> weights, int hidden)
{
    /// <summary>Calculates the ten logits after each of the 28 rows.</summary>
    public double[][] LogitsAfterEachRow(ReadOnlySpan<byte> pixels)
    {
        double[][] logits = new double[28][];
        double[] h = new double[hidden];
        double[] c = new double[hidden];
        for (int row = 0; row < logits.Length; row++)
        {
            Step(pixels.Slice(row * 28, 28), h, c);
            logits[row] = [.. Enumerable.Range(0, 10).Select(digit =>
                weights["output.bias"][digit] + Enumerable.Range(0, hidden).Sum(i => weights["output.weight"][(digit * hidden) + i] * h[i]))];
        }

        return logits;
    }

    private void Step(ReadOnlySpan<byte> row, double[] h, double[] c)
    {
        double[] gates = new double[4 * hidden];
        for (int g = 0; g < gates.Length; g++)
        {
            gates[g] = weights["lstm.bias_ih_l0"][g] + weights["lstm.bias_hh_l0"][g];
            for (int i = 0; i < row.Length; i++)
            {
                gates[g] += weights["lstm.weight_ih_l0"][(g * row.Length) + i] * row[i] / 255;
            }

            for (int i = 0; i < hidden; i++)
            {
                gates[g] += weights["lstm.weight_hh_l0"][(g * hidden) + i] * h[i];
            }
        }

        for (int i = 0; i < hidden; i++)
        {
            c[i] = (Sigmoid(gates[hidden + i]) * c[i]) + (Sigmoid(gates[i]) * Math.Tanh(gates[(2 * hidden) + i]));
            h[i] = Sigmoid(gates[(3 * hidden) + i]) * Math.Tanh(c[i]);
        }
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
