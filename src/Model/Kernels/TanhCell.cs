using System.Runtime.CompilerServices;
using static RnnService.Model.Kernels.Activation;

namespace RnnService.Model.Kernels;

/// <summary>The plain recurrent network: h' = tanh of its pre-activation.</summary>
internal readonly unsafe struct TanhCell : IRecurrentCell
{
    public static int GateCount => 1;

    public static IReadOnlyList<GateBlock> Blocks { get; } = [new(0)];

    [MethodImpl(CellCode.Alone)]
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

    [MethodImpl(CellCode.Alone)]
    public static void Backward<T>(in CellStep step, int units)
        where T : struct, ILanes<T>
    {
        T one = T.Create(1);
        for (int u = 0; u < units; u += T.Count)
        {
            T hidden = T.Load(step.Gates + u);
            Gradient.Store(T.Load(step.HiddenGradient + u) * (one - (hidden * hidden)), step.Gates + u);
            default(T).Store(step.HiddenGradient + u);
        }
    }
}
