using RnnService.Testing;

namespace RnnService.Model.Tests.Build;

public sealed class TorchSharpOnOlderLinuxTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Weakens_the_one_requirement_and_changes_nothing_else()
    {
        byte[] original = await File.ReadAllBytesAsync(PackageLibrary());

        (int exitCode, string output) = await MendAsync(PackageLibrary(), "GLIBCXX_3.4.32");

        Assert.True(exitCode == 0, output);
        byte[] mended = await File.ReadAllBytesAsync(Mended);
        int changed = Assert.Single(Enumerable.Range(0, original.Length), i => mended[i] != original[i]);
        Assert.Equal(original[changed] | 2, mended[changed]);
        Assert.Equal(original, await File.ReadAllBytesAsync(PackageLibrary()));
    }

    [Fact]
    public async Task Leaves_a_requirement_that_is_weak_already()
    {
        string built = NativeLibrary(AppContext.BaseDirectory);

        (int exitCode, string output) = await MendAsync(built, "GLIBCXX_3.4.32");

        Assert.True(exitCode == 0, output);
        Assert.Equal(await File.ReadAllBytesAsync(built), await File.ReadAllBytesAsync(Mended));
    }

    [Fact]
    public async Task Leaves_a_library_without_the_requirement()
    {
        (int exitCode, string output) = await MendAsync(PackageLibrary(), "GLIBCXX_9.9.99");

        Assert.True(exitCode == 0, output);
        Assert.Equal(await File.ReadAllBytesAsync(PackageLibrary()), await File.ReadAllBytesAsync(Mended));
    }

    [Fact]
    public async Task Refuses_what_is_no_library_by_name()
    {
        string text = directory.File("text.so");
        await File.WriteAllTextAsync(text, new string('x', 100));

        (int exitCode, string output) = await MendAsync(text, "GLIBCXX_3.4.32");

        Assert.NotEqual(0, exitCode);
        Assert.Contains($"{text} is not a 64-bit little-endian ELF library", output, StringComparison.Ordinal);
    }

    private string Mended => directory.File("mended.so");

    private static string PackageLibrary()
    {
        string cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return NativeLibrary(Path.Combine(cache, "torchsharp", "0.107.0"));
    }

    private static string NativeLibrary(string root) => Path.Combine(root, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");

    private async Task<(int ExitCode, string Output)> MendAsync(string source, string version)
    {
        string targets = Path.Combine(Repository.Root, "build", "TorchSharpOnOlderLinux.targets");
        string project = directory.File("mend.proj");
        await File.WriteAllTextAsync(project, $"""
            <Project>
              <Import Project="{targets}" />
              <Target Name="Mend">
                <WeakenVersionNeed Source="{source}" Destination="{Mended}" Version="{version}" />
              </Target>
            </Project>
            """);
        return await DotnetCommand.RunAsync(["msbuild", project, "-t:Mend", "-nologo"]);
    }
}
