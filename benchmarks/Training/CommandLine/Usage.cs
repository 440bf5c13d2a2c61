namespace RnnService.Benchmarks.Training.CommandLine;

/// <summary>The help text.</summary>
internal static class Usage
{
    /// <summary>The commands and their options, with default values.</summary>
    public const string Text = """
        Usage: dotnet run --project benchmarks/Training -c Release -- COMMAND [options]

          all                throughput and time-to-accuracy in one run; takes ten minutes

          throughput         training images per second: Trainer, stock TorchSharp, and libtorch's matrix products alone
              --rounds 5     rounds; each round measures all three in turn
              --batches 60   batches of 100 images in each round
              --network lstm lstm, gru, or rnn

          time-to-accuracy   the preset `fast` compared with the article's settings and a stock LSTM
              --seeds 1,2,3,4,5   seeds of the preset
              --stock-seeds 1     seeds of the stock LSTM

          networks           the article's settings with each type of network
              --seeds 1,2,3
              --only lstm,gru,rnn,fnn

          preset NAME        a preset: article, fast, accurate, or robust
              --seeds 1,2,3

          steps              images per second in each epoch of the article's settings

          kernels            single operations, with BenchmarkDotNet; accepts its options: --list flat, --filter '*', --job short

        For quick trials, all commands except all, throughput, and kernels accept:
              --epochs N             number of epochs
              --training-images N    train on the first N of the 55,000 images

        On Linux, stock TorchSharp is fastest when the C library keeps freed memory. Measure with and without
              export GLIBC_TUNABLES=glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=8589934592:glibc.malloc.top_pad=268435456

        Run on an otherwise idle machine. Tables are written to standard output as Markdown, progress to standard error.
        """;
}
