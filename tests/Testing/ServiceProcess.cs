using System.Diagnostics;
using System.Globalization;

namespace RnnService.Testing;

/// <summary>The service as a user starts it: a process of its own, reached over HTTP, ended by a signal.</summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    /// <summary>The service as the build put it beside the tests, for <see cref="StartAsync"/>.</summary>
    public static readonly string Program = Path.Combine(AppContext.BaseDirectory, "RnnService.Api.dll");

    private const string Listening = "Now listening on: ";

    private readonly Process process;

    private ServiceProcess(Process process, Uri address)
    {
        this.process = process;
        Address = address;
        Http = new HttpClient { BaseAddress = address };
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    /// <summary>The process's id.</summary>
    public int Id => process.Id;

    /// <summary>Starts a command and waits until it says where it listens: on any port that is free.</summary>
    public static Task<ServiceProcess> StartAsync(string command, params string[] arguments) =>
        StartAtAsync(new Uri("http://127.0.0.1:0"), command, arguments);

    /// <summary>Starts a command where another one listened.</summary>
    public static async Task<ServiceProcess> StartAtAsync(Uri address, string command, params string[] arguments)
    {
        Process process = Process.Start(new ProcessStartInfo(command, [.. arguments, "--urls", address.GetLeftPart(UriPartial.Authority)]) { RedirectStandardOutput = true })!;
        List<string> output = [];
        while (await process.StandardOutput.ReadLineAsync() is string line)
        {
            output.Add(line);
            int at = line.IndexOf(Listening, StringComparison.Ordinal);
            if (at >= 0)
            {
                // What it says later must be read, or it would stop when the pipe is full.
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                return new ServiceProcess(process, new Uri(line[(at + Listening.Length)..]));
            }
        }

        throw new InvalidOperationException($"{command} ended before it listened:\n{string.Join('\n', output)}");
    }

    /// <summary>Ends the process at once, as a power cut or the kernel would: nothing in it hears of it.</summary>
    public void Kill() => process.Kill();

    /// <summary>Asks the process to end, as a service manager does, and returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        using Process kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }
}
