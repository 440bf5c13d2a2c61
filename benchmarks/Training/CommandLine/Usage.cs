namespace RnnService.Benchmarks.Training.CommandLine;

/// <summary>What the program can be asked for.</summary>
internal static class Usage
{
    /// <summary>The verbs and their options, with what they are when not given.</summary>
    public const string Text = """
        Usage: dotnet run --project benchmarks/Training -c Release -- VERB [options]

          all                throughput and time-to-accuracy in one run: ten minutes

          throughput         training images a second: Trainer, stock TorchSharp, and libtorch's matrix products alone
              --rounds 5     how often each of them is measured, one after the other
              --batches 60   batches of 100 in a round
              --network lstm lstm, gru or rnn

          time-to-accuracy   the preset `fast` against the article's recipe with a stock LSTM
              --seeds 1,2,3,4,5   of the preset
              --stock-seeds 1     of the stock LSTM

          networks           the article's recipe with each kind of network
              --seeds 1,2,3
              --only lstm,gru,rnn,fnn

          preset NAME        any preset: article, fast or accurate
              --seeds 1,2,3

          steps              images a second in the first and in the last epoch of the article's recipe

          kernels            single operations, with BenchmarkDotNet, whose options follow: --list flat, --filter '*', --job short

        All but all, throughput and kernels take, to try them quickly:
              --epochs N             instead of the recipe's
              --training-images N    the first N instead of all 55,000

        Stock TorchSharp is at its best on Linux when the C library keeps what is freed: measure with and without
              export GLIBC_TUNABLES=glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=8589934592:glibc.malloc.top_pad=268435456

        Let the machine do nothing else meanwhile. Tables are Markdown and go to standard output, progress goes to standard error.
        """;
}
