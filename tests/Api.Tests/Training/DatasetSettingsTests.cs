using System.Text.Json;
using RnnService.Testing;

namespace RnnService.Api.Tests.Training;

public sealed class DatasetSettingsTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Jobs_can_use_a_configured_dataset()
    {
        SmallDataset.Write(directory.Path, trainingImages: 1_200, testImages: 100);
        await using Service service = new(new Dictionary<string, string> { ["Datasets:mine:Directory"] = directory.Path }, TimeProvider.System);

        JsonElement job = await service.TrainAsync("""{"dataset": "mine", "epochs": 1, "hiddenSize": 8}""");

        Assert.Equal("succeeded", job.GetProperty("status").GetString());
        Assert.Equal(11, job.GetProperty("progress").GetProperty("batches").GetInt32());
    }

    [Theory]
    [InlineData("Datasets:mine:Directory", "", "Datasets:mine:Directory is missing.")]
    [InlineData("Datasets:mine:Directory", "{invalid}", "{invalid}/train-images-idx3-ubyte: it has 7 bytes")]
    [InlineData("Storage:KeepCheckpoints", "-1.00:00:00", "Storage:KeepCheckpoints must be from")]
    [InlineData("Storage:KeepJobs", "a week", "Failed to convert configuration value 'a week' at 'Storage:KeepJobs'")]
    [InlineData("Training:QueueLimit", "0", "Training:QueueLimit must be from 1 to 100000.")]
    [InlineData("Training:QueueLimit", "many", "Failed to convert configuration value 'many' at 'Training:QueueLimit'")]
    [InlineData("Prediction:MaxBatch", "0", "Prediction:MaxBatch must be from 1 to 1024.")]
    [InlineData("Prediction:MaxWait", "00:00:02", "Prediction:MaxWait must be from 00:00:00 to 00:00:01.")]
    [InlineData("Prediction:MaxWait", "soon", "Failed to convert configuration value 'soon' at 'Prediction:MaxWait'")]
    [InlineData("Prediction:QueueLimit", "100001", "Prediction:QueueLimit must be from 1 to 100000.")]
    [InlineData("Prediction:MaxRequestBytes", "1023", "Prediction:MaxRequestBytes must be from 1024 to 20000000.")]
    [InlineData("Prediction:MaxBatchRequestBytes", "1023", "Prediction:MaxBatchRequestBytes must be from 1024 to 268435456.")]
    [InlineData("Prediction:LoadedModels", "0", "Prediction:LoadedModels must be from 1 to 100.")]
    public async Task An_invalid_setting_prevents_startup_with_a_message_that_names_it(string key, string value, string message)
    {
        await File.WriteAllTextAsync(directory.File("train-images-idx3-ubyte"), "garbage");
        (int exitCode, string output) = await DotnetCommand.RunAsync(
            [ServiceProcess.Program, "--urls", "http://127.0.0.1:0", $"--Storage:Directory={directory.File("data")}", $"--{key}={value.Replace("{invalid}", directory.Path, StringComparison.Ordinal)}"]);

        Assert.Equal(1, exitCode);
        Assert.Contains("RnnService cannot start.", output, StringComparison.Ordinal);
        Assert.Contains(message.Replace("{invalid}", directory.Path, StringComparison.Ordinal), output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }
}
