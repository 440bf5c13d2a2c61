using System.Text.Json;
using RnnService.Testing;

namespace RnnService.Api.Tests.Training;

public sealed class DatasetSettingsTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Trains_on_a_folder_that_the_configuration_names()
    {
        // Other data in MNIST's layout: its first 1,200 and 100 images.
        foreach ((string name, int header, int items) in new[] { ("train-images-idx3-ubyte", 16, 1_200), ("train-labels-idx1-ubyte", 8, 1_200), ("t10k-images-idx3-ubyte", 16, 100), ("t10k-labels-idx1-ubyte", 8, 100) })
        {
            int itemLength = header == 16 ? 784 : 1;
            byte[] file = (await File.ReadAllBytesAsync(Path.Combine(Mnist.Directory, name)))[..(header + (items * itemLength))];
            (file[6], file[7]) = ((byte)(items >> 8), (byte)items);
            await File.WriteAllBytesAsync(directory.File(name), file);
        }

        await using Service service = new(new Dictionary<string, string> { ["Datasets:mine:Directory"] = directory.Path }, TimeProvider.System);

        JsonElement job = await service.TrainAsync("""{"dataset": "mine", "epochs": 1, "hiddenSize": 8}""");

        Assert.Equal("succeeded", job.GetProperty("status").GetString());
        Assert.Equal(11, job.GetProperty("progress").GetProperty("batches").GetInt32());
    }

    [Theory]
    [InlineData("Datasets:mine:Directory", "", "Datasets:mine:Directory is missing.")]
    [InlineData("Datasets:mine:Directory", "{empty}", "{empty}/train-images-idx3-ubyte: it cannot be read.")]
    [InlineData("Training:QueueLimit", "0", "Training:QueueLimit must be from 1 to 100000.")]
    [InlineData("Training:QueueLimit", "many", "Failed to convert configuration value 'many' at 'Training:QueueLimit'")]
    [InlineData("Prediction:MaxBatch", "0", "Prediction:MaxBatch must be from 1 to 1024.")]
    public async Task A_wrong_setting_stops_the_start_with_a_sentence_that_names_it(string key, string value, string message)
    {
        (int exitCode, string output) = await DotnetCommand.RunAsync(
            [Path.Combine(AppContext.BaseDirectory, "RnnService.Api.dll"), "--urls", "http://127.0.0.1:0", $"--{key}={value.Replace("{empty}", directory.Path, StringComparison.Ordinal)}"]);

        Assert.Equal(1, exitCode);
        Assert.Contains("RnnService cannot start.", output, StringComparison.Ordinal);
        Assert.Contains(message.Replace("{empty}", directory.Path, StringComparison.Ordinal), output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }
}
