using RnnService.Model.Architecture;

namespace RnnService.Model.Training;

/// <summary>A setting that applies only to recurrent networks. For a feed-forward network, it must have its default value: false, <see cref="ReadingOrder.Rows"/> or 1.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RecurrentOnlyAttribute : SettingRuleAttribute
{
    /// <inheritdoc />
    protected override string? FaultOf(object? value, TrainingSettings settings) => settings.Network == NetworkType.Fnn && value is not (false or ReadingOrder.Rows or 1)
        ? "applies only to recurrent networks: omit it, or use the network lstm, gru or rnn."
        : null;
}
