namespace RnnService.Model.Kernels.Threads;

/// <summary>Runs the work that the current thread distributes at low priority until it is disposed of, on the same thread.</summary>
internal sealed class LowPriorityScope : IDisposable
{
    [ThreadStatic]
    private static bool isActive;

    private readonly bool before = isActive;

    public LowPriorityScope() => isActive = true;

    /// <summary>Whether work that the current thread distributes runs at low priority.</summary>
    public static bool IsActive => isActive;

    public void Dispose() => isActive = before;
}
