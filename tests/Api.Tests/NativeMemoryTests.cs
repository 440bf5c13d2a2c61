using System.Net;
using RnnService.Testing;
using TorchSharp;

namespace RnnService.Api.Tests;

/// <summary>Counts all tensors of the process, so no other test may run in parallel.</summary>
[Collection(nameof(NativeMemoryTests))]
[CollectionDefinition(nameof(NativeMemoryTests), DisableParallelization = true)]
public sealed class NativeMemoryTests : IAsyncDisposable
{
    /// <summary>
    /// TorchSharp 0.107 counts a tensor that becomes a Parameter twice, and releases it once: four of the recurrent layer and two of the output layer. A job creates one
    /// torch network, the one that it trains.
    /// </summary>
    private const int MiscountPerJob = 4 + 2;

    private readonly Service service = new();

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task Three_jobs_and_1000_predictions_do_not_leak_tensors()
    {
        byte[] digit = PngWriter.Gray(Mnist.Data.Test.Pixels(0));
        await service.TrainAsync();
        long before = AliveTensors();

        for (int job = 0; job < 3; job++)
        {
            await service.TrainAsync();
        }

        await Parallel.ForAsync(0, 1_000, async (_, _) => Assert.Equal(HttpStatusCode.OK, (await service.PredictAsync(digit)).StatusCode));

        Assert.Equal(before + (3 * MiscountPerJob), AliveTensors());
    }

    private static long AliveTensors()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return torch.Tensor.TotalCount;
    }
}
