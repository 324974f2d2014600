using System.ComponentModel;
using System.Diagnostics;
using Netes.Cli.Machine;

namespace Netes.Cli.Clusters.Nodes;

/// <summary>
/// One program that is kept running: started, logged, started again after a pause that grows from 0.5 to 30 s.
/// </summary>
internal sealed class SupervisedProgram(string name, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5), LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(60), StopPatience = TimeSpan.FromSeconds(20);

    public required IReadOnlyList<string> Arguments { get; init; }

    public required string Log { get; init; }

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Returns after cancellation, when the program has ended (SIGTERM first, SIGKILL after 20 s).</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        await using var log = new RotatingLog(Log);
        var pause = FirstPause;
        while (!cancel.IsCancellationRequested)
        {
            var started = time.GetTimestamp();
            var end = await RunOnceAsync(log, cancel);
            if (cancel.IsCancellationRequested)
            {
                return;
            }

            pause = time.GetElapsedTime(started) > Settled ? FirstPause : Min(pause * 2, LongestPause);
            await log.WriteAsync(
                $"{time.GetUtcNow():O} {name} ended ({end}); starts again in {pause.TotalSeconds} s\n");
            await DelayAsync(pause, cancel);
        }
    }

    private async Task<string> RunOnceAsync(RotatingLog log, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(Arguments[0], Arguments.Skip(1))
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment.Remove(NodeBoot.PortsVariable);
        start.Environment.Remove(NodeBoot.HostNetworkVariable);
        foreach (var (key, value) in Environment)
        {
            start.Environment[key] = value;
        }

        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception error)
        {
            return error.Message;
        }

        process.StandardInput.Close();
        var output = Task.WhenAll(
            log.CopyFromAsync(process.StandardOutput.BaseStream), log.CopyFromAsync(process.StandardError.BaseStream));
        await using (cancel.Register(() => ProcessIdentity.Of(process.Id)?.Signal(Syscalls.SignalTerminate)))
        {
            await EndAsync(process, cancel);
        }

        // Grandchildren (shims) may hold the pipe open for ever: what they say later is theirs, not this program's.
        await Task.WhenAny(output, Task.Delay(TimeSpan.FromSeconds(1), time, CancellationToken.None));
        return $"exit code {process.ExitCode}";
    }

    private async Task EndAsync(Process process, CancellationToken cancel)
    {
        var ended = process.WaitForExitAsync(CancellationToken.None);
        var asked = new TaskCompletionSource();
        await using var registration = cancel.Register(() => asked.TrySetResult());
        if (await Task.WhenAny(ended, asked.Task) != ended)
        {
            await Task.WhenAny(ended, Task.Delay(StopPatience, time, CancellationToken.None));
            ProcessIdentity.Of(process.Id)?.Signal(Syscalls.SignalKill);
        }

        await ended;
    }

    private async Task DelayAsync(TimeSpan pause, CancellationToken cancel)
    {
        try
        {
            await Task.Delay(pause, time, cancel);
        }
        catch (OperationCanceledException)
        {
            // Asked to stop while waiting: the loop sees it.
        }
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
