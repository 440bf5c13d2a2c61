using RnnService.Model.Checkpoints;
using RnnService.Model.Formats;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnService.Model.Training;

/// <summary>What Adam remembers between two steps (Kingma and Ba, 2015), out of TorchSharp's optimiser and back into it.</summary>
internal static class AdamState
{
    public static (long Steps, IReadOnlyList<NamedTensor> First, IReadOnlyList<NamedTensor> Second) Copy(Adam optimizer, IReadOnlyList<NamedTensor> weights)
    {
        IReadOnlyList<Adam.State> states = States(optimizer);
        return (
            states[0].step,
            [.. states.Zip(weights, (state, weight) => NamedTensor.From(weight.Name, state.exp_avg))],
            [.. states.Zip(weights, (state, weight) => NamedTensor.From(weight.Name, state.exp_avg_sq))]);
    }

    /// <exception cref="InvalidDataException">The checkpoint is of another network.</exception>
    public static void Restore(Adam optimizer, Checkpoint checkpoint)
    {
        IReadOnlyList<Adam.State> states = States(optimizer);
        if (checkpoint.FirstMoments.Count != states.Count || checkpoint.SecondMoments.Count != states.Count)
        {
            throw new InvalidDataException($"The checkpoint has {checkpoint.FirstMoments.Count} and {checkpoint.SecondMoments.Count} moments for the network's {states.Count} weights.");
        }

        using IDisposable noGradient = no_grad();
        for (int i = 0; i < states.Count; i++)
        {
            states[i].step = checkpoint.Steps;
            checkpoint.FirstMoments[i].CopyTo(states[i].exp_avg);
            checkpoint.SecondMoments[i].CopyTo(states[i].exp_avg_sq);
        }
    }

    private static IReadOnlyList<Adam.State> States(Adam optimizer) => [.. optimizer.state_dict().State.Cast<Adam.State>()];
}
