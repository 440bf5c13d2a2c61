using RnnService.Testing;

namespace RnnService.Api.Tests.Prediction;

public sealed class TemporaryFilesTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Forms_are_read_without_temporary_files()
    {
        // The framework's form reader buffers files larger than 64 KB in this folder.
        await using ServiceProcess service = await ServiceProcess.StartAsync(
            "env", $"ASPNETCORE_TEMP={directory.File("nowhere")}", DotnetCommand.Executable, ServiceProcess.Program, $"--Storage:Directory={directory.File("data")}");
        using HttpResponseMessage train = await service.Http.PostAsync("/train", Requests.Body("""{"epochs": 1, "hiddenSize": 4, "trainingImages": 100}"""u8.ToArray(), "application/json"));
        await service.Http.GetStringAsync($"{train.Headers.Location}/progress");
        byte[] large = Images.Pad(new Canvas(200, 150).Paste(Mnist.Data.Test.Pixels(0), 70, 20, scale: 4).ToPng(), 1_000_000);

        await Service.ReadJsonAsync(await service.Http.PostAsync("/predict?fit=true", Requests.Form(large)));
        await Service.ReadJsonAsync(await service.Http.PostAsync("/predict/batch?fit=true", Requests.Forms([large, large, large])));

        Assert.False(Directory.Exists(directory.File("nowhere")));
    }
}
