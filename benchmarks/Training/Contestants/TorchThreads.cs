using static TorchSharp.torch;

namespace RnnService.Benchmarks.Training.Contestants;

/// <summary>
/// torch's number of threads as it was when this was made. A <see cref="Model.Training.Trainer"/> may set another for the thread that it runs on, which must
/// neither slow down who is measured in between nor be lost by it.
/// </summary>
internal sealed class TorchThreads
{
    /// <summary>torch's number of threads as it was.</summary>
    public int Count { get; } = get_num_threads();

    /// <summary>Does something with that number of threads, and puts back what was set.</summary>
    /// <param name="action">What is done.</param>
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
