using RnnService.Testing;

namespace RnnService.Model.Tests.Build;

public sealed class TorchSharpOnOlderLinuxTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Only_the_version_requirement_is_weakened()
    {
        byte[] original = await File.ReadAllBytesAsync(PackageLibrary());

        (int exitCode, string output) = await PatchAsync(PackageLibrary(), "GLIBCXX_3.4.32");

        Assert.True(exitCode == 0, output);
        byte[] patched = await File.ReadAllBytesAsync(Patched);
        int changed = Assert.Single(Enumerable.Range(0, original.Length), i => patched[i] != original[i]);
        Assert.Equal(original[changed] | 2, patched[changed]);
        Assert.Equal(original, await File.ReadAllBytesAsync(PackageLibrary()));
    }

    [Fact]
    public async Task A_weak_requirement_is_left_unchanged()
    {
        string built = NativeLibrary(AppContext.BaseDirectory);

        (int exitCode, string output) = await PatchAsync(built, "GLIBCXX_3.4.32");

        Assert.True(exitCode == 0, output);
        Assert.Equal(await File.ReadAllBytesAsync(built), await File.ReadAllBytesAsync(Patched));
    }

    [Fact]
    public async Task A_library_without_the_requirement_is_left_unchanged()
    {
        (int exitCode, string output) = await PatchAsync(PackageLibrary(), "GLIBCXX_9.9.99");

        Assert.True(exitCode == 0, output);
        Assert.Equal(await File.ReadAllBytesAsync(PackageLibrary()), await File.ReadAllBytesAsync(Patched));
    }

    [Fact]
    public async Task A_file_that_is_not_an_ELF_library_is_rejected_by_name()
    {
        string text = directory.File("text.so");
        await File.WriteAllTextAsync(text, new string('x', 100));

        (int exitCode, string output) = await PatchAsync(text, "GLIBCXX_3.4.32");

        Assert.NotEqual(0, exitCode);
        Assert.Contains($"{text} is not a 64-bit little-endian ELF library", output, StringComparison.Ordinal);
    }

    private string Patched => directory.File("patched.so");

    private static string PackageLibrary()
    {
        string cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return NativeLibrary(Path.Combine(cache, "torchsharp", "0.107.0"));
    }

    private static string NativeLibrary(string root) => Path.Combine(root, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");

    private async Task<(int ExitCode, string Output)> PatchAsync(string source, string version)
    {
        string targets = Path.Combine(Repository.Root, "build", "TorchSharpOnOlderLinux.targets");
        string project = directory.File("patch.proj");
        await File.WriteAllTextAsync(project, $"""
            <Project>
              <Import Project="{targets}" />
              <Target Name="Patch">
                <WeakenVersionNeed Source="{source}" Destination="{Patched}" Version="{version}" />
              </Target>
            </Project>
            """);
        return await DotnetCommand.RunAsync(["msbuild", project, "-t:Patch", "-nologo"]);
    }
}
