using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using RnnService.Testing;

namespace RnnService.Cluster.Tests;

/// <summary>All nodes serve the same model.</summary>
public sealed class ActiveModelTests(SharedPostgres postgres)
{
    private const string Training = """{"epochs": 1, "hiddenSize": 8, "dataset": "small"}""";

    // Much less than the periodic reconciliation needs for all changes, so that the notifications must work.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly byte[] digit = PngWriter.Gray(Mnist.Data.Test.Pixels(0));

    [Fact]
    public async Task A_model_that_is_trained_pinned_or_unpinned_at_one_node_is_served_by_the_other()
    {
        await using TwoNodes nodes = await TwoNodes.StartAsync(await postgres.CreateDatabaseAsync());
        string first = await TrainAsync(nodes.A.Http);
        await WaitUntilServedAsync(nodes.B, first);
        string second = await TrainAsync(nodes.A.Http);
        await WaitUntilServedAsync(nodes.B, second);
        using CancellationTokenSource deadline = new(Deadline);

        for (int i = 0; i < 10; i++)
        {
            await PinAsync(nodes.A, first);
            await WaitUntilServedAsync(nodes.B, first, deadline.Token);
            await PinAsync(nodes.B, "latest");
            await WaitUntilServedAsync(nodes.A, second, deadline.Token);
        }

        Assert.Equal(second, (await nodes.B.Http.GetJsonAsync("/models/active")).GetProperty("id").GetString());
    }

    private static async Task<string> TrainAsync(HttpClient http)
    {
        JsonElement job = await http.EndOfAsync(await http.StartTrainingAsync(Training));
        return job.GetProperty("modelId").GetString()!;
    }

    private static async Task PinAsync(ServiceProcess node, string id)
    {
        using HttpResponseMessage response = await node.Http.PutAsJsonAsync("/models/active", new { id });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private async Task WaitUntilServedAsync(ServiceProcess node, string model, CancellationToken deadline = default)
    {
        string? served;
        do
        {
            deadline.ThrowIfCancellationRequested();
            using HttpResponseMessage answer = await node.Http.PredictAsync(digit);
            served = answer.StatusCode == HttpStatusCode.Conflict
                ? null
                : (await answer.Content.ReadFromJsonAsync<JsonElement>(CancellationToken.None)).GetProperty("model").GetProperty("id").GetString();
        }
        while (served != model);
    }
}
