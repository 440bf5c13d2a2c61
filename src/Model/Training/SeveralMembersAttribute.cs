using RnnService.Model.Architecture;

namespace RnnService.Model.Training;

/// <summary>A reading order that needs several members: <see cref="ReadingOrder.RowsOrColumns"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SeveralMembersAttribute : SettingRuleAttribute
{
    /// <inheritdoc />
    protected override string? FaultOf(object? value, TrainingSettings settings) => settings.Members == 1 && value is ReadingOrder.RowsOrColumns
        ? "can be rowsOrColumns only for a network with several members: use at least 2 members, or another reading."
        : null;
}
