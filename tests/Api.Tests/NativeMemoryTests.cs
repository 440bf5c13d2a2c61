using System.Net;
using RnnService.Testing;
using TorchSharp;

namespace RnnService.Api.Tests;

/// <summary>Counts tensors in the whole process, so no other test may run beside it.</summary>
[Collection(nameof(NativeMemoryTests))]
[CollectionDefinition(nameof(NativeMemoryTests), DisableParallelization = true)]
public sealed class NativeMemoryTests : IAsyncDisposable
{
    /// <summary>
    /// TorchSharp 0.107 counts a tensor that moves into a Parameter twice and takes only one away: four of the recurrent layer and two of
    /// the output layer of each network. A job makes two networks, the one it trains and the one that serves.
    /// </summary>
    private const int MiscountPerJob = 2 * (4 + 2);

    private readonly Service service = new();

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task As_many_tensors_are_alive_after_three_jobs_and_a_thousand_predictions_as_before()
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
