using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace RnnService.Testing;

/// <summary>The service in a separate process, called over HTTP and stopped by a signal.</summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    /// <summary>The folder of the published service, which <c>./test.sh</c> sets; null for the one in the output folder of the tests, which starts more slowly.</summary>
    public static readonly string? Published = Environment.GetEnvironmentVariable("RNN_SERVICE");

    /// <summary>The service's assembly, for <see cref="StartAsync"/>.</summary>
    public static readonly string Program = Path.Combine(Published ?? AppContext.BaseDirectory, "RnnService.Api.dll");

    private const string Listening = "Now listening on: ";

    private readonly Process process;
    private readonly ConcurrentQueue<string> output;

    private ServiceProcess(Process process, Uri address, ConcurrentQueue<string> output)
    {
        this.process = process;
        this.output = output;
        Address = address;
        Http = new HttpClient { BaseAddress = address };
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    /// <summary>The lines that the process logged before it listened.</summary>
    public IReadOnlyCollection<string> StartOutput => output;

    /// <summary>Gets the process id.</summary>
    public int Id => process.Id;

    /// <summary>Starts a command on a free port and waits until it logs its address.</summary>
    public static Task<ServiceProcess> StartAsync(string command, params string[] arguments) =>
        StartAtAsync(new Uri("http://127.0.0.1:0"), command, arguments);

    /// <summary>Starts a command on a given address and waits until it listens.</summary>
    public static Task<ServiceProcess> StartAtAsync(Uri address, string command, params string[] arguments) =>
        StartAtAsync(address, new ConcurrentQueue<string>(), command, arguments);

    /// <summary>Starts a command on a given address and waits until it listens.</summary>
    /// <param name="address">The address.</param>
    /// <param name="output">Receives the lines that the process logs until it listens, as they come.</param>
    /// <param name="command">The command.</param>
    /// <param name="arguments">The arguments of the command.</param>
    public static async Task<ServiceProcess> StartAtAsync(Uri address, ConcurrentQueue<string> output, string command, params string[] arguments)
    {
        Process process = Process.Start(new ProcessStartInfo(command, [.. arguments, "--urls", address.GetLeftPart(UriPartial.Authority)]) { RedirectStandardOutput = true })!;
        while (await process.StandardOutput.ReadLineAsync() is string line)
        {
            output.Enqueue(line);
            int at = line.IndexOf(Listening, StringComparison.Ordinal);
            if (at >= 0)
            {
                // Drain the rest of the output: the process blocks when the pipe is full.
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                return new ServiceProcess(process, new Uri(line[(at + Listening.Length)..]), output);
            }
        }

        throw new InvalidOperationException($"{command} exited before it listened:\n{string.Join('\n', output)}");
    }

    /// <summary>Kills the process with SIGKILL, without any shutdown.</summary>
    public void Kill() => process.Kill();

    /// <summary>Stops the process with SIGTERM and returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        await SignalAsync("TERM");
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>Sends a signal to the process, such as STOP or CONT.</summary>
    public async Task SignalAsync(string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
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
