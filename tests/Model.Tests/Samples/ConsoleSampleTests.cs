using RnnService.Testing;

namespace RnnService.Model.Tests.Samples;

public class ConsoleSampleTests
{
    [Fact]
    public async Task The_console_sample_trains_saves_loads_and_classifies()
    {
        string program = Path.Combine(AppContext.BaseDirectory, "RnnService.Samples.Console.dll");
        using TemporaryDirectory temporary = new();

        (int exitCode, string output) = await DotnetCommand.RunAsync([program, "3000"], new Dictionary<string, string> { ["TMPDIR"] = temporary.Path, ["TMP"] = temporary.Path });

        Assert.Equal(0, exitCode);
        string[] lines = output.Trim().Split('\n');
        Assert.Equal(5, lines.Length);
        Assert.All(lines[..4], line => Assert.Matches("^Epoch [1-4]: loss [0-9.]+, validation accuracy [0-9.]+ ?%", line));
        Assert.Matches(@"^The first test image is a 7 \([0-9.]+ ?%\)\. Its label is 7\.", lines[4]);
        Assert.True(File.Exists(temporary.File("digits.safetensors")));
    }

    [Fact]
    public void The_console_sample_has_twenty_lines() =>
        Assert.InRange(File.ReadAllLines(Path.Combine(Repository.Root, "samples", "Console", "Program.cs")).Length, 1, 20);
}
