using System.Runtime.CompilerServices;
using RnnService.Model.Architecture;
using RnnService.Model.Kernels.Products;
using static RnnService.Model.Kernels.Cells.Activation;

namespace RnnService.Model.Kernels.Cells;

/// <summary>Long short-term memory: c' = f·c + i·g, h' = o·tanh(c').</summary>
internal readonly unsafe struct LstmCell : IRecurrentCell
{
    public static CellDescription Description => CellDescription.Lstm;

    [MethodImpl(NeverInlined.Options)]
    public static void Forward<T>(in CellStep step, int units, int firstUnit, int count)
        where T : struct, ILanes<T>
    {
        float* i = step.Gates, f = i + units, g = f + units, o = g + units;
        for (int u = firstUnit; u < firstUnit + count; u += T.Count)
        {
            T input = Sigmoid(T.Load(i + u));
            T forget = Sigmoid(T.Load(f + u));
            T candidate = Tanh(T.Load(g + u));
            T output = Sigmoid(T.Load(o + u));
            T cell = T.MultiplyAdd(forget, T.Load(step.Cell + u), input * candidate);
            input.Store(i + u);
            forget.Store(f + u);
            candidate.Store(g + u);
            output.Store(o + u);
            cell.Store(step.NextCell + u);
            (output * Tanh(cell)).Store(step.NextHidden + u);
        }
    }

    [MethodImpl(NeverInlined.Options)]
    public static void Backward<T>(in CellStep step, int units)
        where T : struct, ILanes<T>
    {
        float* i = step.Gates, f = i + units, g = f + units, o = g + units;
        T one = T.Create(1);
        for (int u = 0; u < units; u += T.Count)
        {
            T input = T.Load(i + u), forget = T.Load(f + u), candidate = T.Load(g + u), output = T.Load(o + u);
            T squashed = Tanh(T.Load(step.NextCell + u));
            T hidden = T.Load(step.HiddenGradient + u);
            T cell = T.MultiplyAdd(hidden * output, one - (squashed * squashed), T.Load(step.CellGradient + u));
            GradientStore.Write(cell * candidate * input * (one - input), i + u);
            GradientStore.Write(cell * T.Load(step.Cell + u) * forget * (one - forget), f + u);
            GradientStore.Write(cell * input * (one - (candidate * candidate)), g + u);
            GradientStore.Write(hidden * squashed * output * (one - output), o + u);
            GradientStore.Write(cell * forget, step.CellGradient + u);
            default(T).Store(step.HiddenGradient + u);
        }
    }
}
