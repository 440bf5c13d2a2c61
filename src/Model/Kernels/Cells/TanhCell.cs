using System.Runtime.CompilerServices;
using RnnService.Model.Architecture;
using RnnService.Model.Kernels.Products;
using static RnnService.Model.Kernels.Cells.Activation;

namespace RnnService.Model.Kernels.Cells;

/// <summary>Plain recurrent cell: h' = tanh(pre-activation).</summary>
internal readonly unsafe struct TanhCell : IRecurrentCell
{
    public static CellDescription Description => CellDescription.Rnn;

    [MethodImpl(NeverInlined.Options)]
    public static void Forward<T>(in CellStep step, int units, int firstUnit, int count)
        where T : struct, ILanes<T>
    {
        for (int u = firstUnit; u < firstUnit + count; u += T.Count)
        {
            T hidden = Tanh(T.Load(step.Gates + u));
            hidden.Store(step.Gates + u);
            hidden.Store(step.NextHidden + u);
        }
    }

    [MethodImpl(NeverInlined.Options)]
    public static void Backward<T>(in CellStep step, int units)
        where T : struct, ILanes<T>
    {
        T one = T.Create(1);
        for (int u = 0; u < units; u += T.Count)
        {
            T hidden = T.Load(step.Gates + u);
            GradientStore.Write(T.Load(step.HiddenGradient + u) * (one - (hidden * hidden)), step.Gates + u);
            default(T).Store(step.HiddenGradient + u);
        }
    }
}
