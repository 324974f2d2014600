using System.ComponentModel;
using System.Diagnostics;

namespace Netes.Cli.Machine;

/// <summary>What a program printed and how it ended.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Error);

/// <summary>A program of the machine failed: its command line and what it said.</summary>
internal sealed class ToolException(string message) : Exception(message);

/// <summary>
/// Runs the machine's own programs (ip, ctr, ...), always with an argument list and never through a shell.
/// </summary>
internal static class Tool
{
    /// <summary>Runs to the end; a failing exit code throws with the program's own words.</summary>
    public static async Task<string> RunAsync(
        string file, IReadOnlyList<string> arguments, CancellationToken cancel, string? input = null)
    {
        var result = await TryAsync(file, arguments, cancel, input);
        return result.ExitCode == 0
            ? result.Output
            : throw new ToolException(
                $"{file} {string.Join(' ', arguments)}: {Words(result)} (exit code {result.ExitCode})");
    }

    /// <summary>Runs to the end; the exit code is the caller's to judge. 127: there is no such program.</summary>
    public static async Task<ToolResult> TryAsync(
        string file, IReadOnlyList<string> arguments, CancellationToken cancel, string? input = null) =>
        await StreamAsync(file, arguments, input is null ? null : async (to, stop) =>
        {
            await using var writer = new StreamWriter(to, leaveOpen: true);
            await writer.WriteAsync(input.AsMemory(), stop);
        }, cancel);

    /// <summary>Runs to the end with a standard input that is written while it runs.</summary>
    public static async Task<ToolResult> StreamAsync(
        string file, IReadOnlyList<string> arguments, Func<Stream, CancellationToken, Task>? input,
        CancellationToken cancel)
    {
        // A PATH without the system's own folders (plain "su" leaves such a one) hides nothing.
        var start = new ProcessStartInfo(Find(file) ?? file, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception error)
        {
            return new ToolResult(127, "", error.Message);
        }

        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancel);
            var errors = process.StandardError.ReadToEndAsync(cancel);
            await FeedAsync(process, input, cancel);
            await process.WaitForExitAsync(cancel);
            return new ToolResult(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException) when (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>
    /// Full path of a program on PATH (and the system folders, which a user's PATH may lack), or null.
    /// </summary>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Concat(["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"])
            .Where(folder => folder.Length > 0)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    private static async Task FeedAsync(
        Process process, Func<Stream, CancellationToken, Task>? input, CancellationToken cancel)
    {
        try
        {
            if (input is not null)
            {
                await input(process.StandardInput.BaseStream, cancel);
            }

            process.StandardInput.Close();
        }
        catch (IOException) when (!cancel.IsCancellationRequested)
        {
            // The program ended before it had read everything; its exit code and its words tell why.
        }
    }

    private static string Words(ToolResult result) =>
        (result.Error.Trim().Length > 0 ? result.Error : result.Output).Trim();
}
