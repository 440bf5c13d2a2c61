using System.Runtime.CompilerServices;
using RnnService.Model.Architecture;
using RnnService.Model.Kernels.Products;
using static RnnService.Model.Kernels.Cells.Activation;

namespace RnnService.Model.Kernels.Cells;

/// <summary>Gated recurrent unit: n = tanh(input part + r·hidden part), h' = (1 - z)·n + z·h.</summary>
internal readonly unsafe struct GruCell : IRecurrentCell
{
    public static CellDescription Description => CellDescription.Gru;

    [MethodImpl(NeverInlined.Options)]
    public static void Forward<T>(in CellStep step, int units, int firstUnit, int count)
        where T : struct, ILanes<T>
    {
        float* r = step.Gates, z = r + units, n = z + units, h = n + units;
        for (int u = firstUnit; u < firstUnit + count; u += T.Count)
        {
            T reset = Sigmoid(T.Load(r + u));
            T update = Sigmoid(T.Load(z + u));
            T candidate = Tanh(T.MultiplyAdd(reset, T.Load(h + u), T.Load(n + u)));
            reset.Store(r + u);
            update.Store(z + u);
            candidate.Store(n + u);
            T.MultiplyAdd(update, T.Load(step.Hidden + u) - candidate, candidate).Store(step.NextHidden + u);
        }
    }

    [MethodImpl(NeverInlined.Options)]
    public static void Backward<T>(in CellStep step, int units)
        where T : struct, ILanes<T>
    {
        float* r = step.Gates, z = r + units, n = z + units, h = n + units;
        T one = T.Create(1);
        for (int u = 0; u < units; u += T.Count)
        {
            T reset = T.Load(r + u), update = T.Load(z + u), candidate = T.Load(n + u);
            T hidden = T.Load(step.HiddenGradient + u);
            T sum = hidden * (one - update) * (one - (candidate * candidate));
            GradientStore.Write(sum * T.Load(h + u) * reset * (one - reset), r + u);
            GradientStore.Write(hidden * (T.Load(step.Hidden + u) - candidate) * update * (one - update), z + u);
            GradientStore.Write(sum, n + u);
            GradientStore.Write(sum * reset, h + u);
            GradientStore.Write(hidden * update, step.HiddenGradient + u);
        }
    }
}
