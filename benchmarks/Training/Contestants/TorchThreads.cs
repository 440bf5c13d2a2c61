using static TorchSharp.torch;

namespace RnnService.Benchmarks.Training.Contestants;

/// <summary>
/// Saves torch's number of threads at construction. <see cref="Model.Training.Trainer"/> may change the number on its thread; other measurements on the same
/// thread use the saved number and then restore the trainer's.
/// </summary>
internal sealed class TorchThreads
{
    /// <summary>The saved number of threads.</summary>
    public int Count { get; } = get_num_threads();

    /// <summary>Runs a function with the saved number of threads, and restores the current number afterwards.</summary>
    /// <param name="action">The function to run.</param>
    public T Run<T>(Func<T> action)
    {
        int now = get_num_threads();
        set_num_threads(Count);
        try
        {
            return action();
        }
        finally
        {
            set_num_threads(now);
        }
    }
}
